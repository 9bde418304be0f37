import { asSentence } from '../api/explain.ts'
import { CopyButton } from '../ui/copy-button.tsx'

const COMMAND = /^(.+); to install it: (apt install [a-z0-9.+-]+)$/

/** A command to copy. */
export function Command({ text }: { text: string }) {
  return (
    <span className="inline-flex items-center gap-x-1">
      <code translate="no" className="font-mono text-xs">
        {text}
      </code>
      <CopyButton size="small" look="quiet" className="shrink-0" text={text} />
    </span>
  )
}

/** The host's reason for a missing value. A command that would help can be copied. */
export function Reason({ text }: { text: string }) {
  const [, why, command] = COMMAND.exec(text) ?? []
  if (why === undefined || command === undefined) return asSentence(text)
  // It begins with the name of a program.
  return (
    <>
      {`${why}.`} <Command text={command} />
    </>
  )
}
