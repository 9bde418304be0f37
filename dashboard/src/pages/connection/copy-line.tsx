import { texts } from '../../texts/connection.ts'
import { CopyButton } from '../../ui/copy-button.tsx'

/** A line to copy; `about` says what it is for to those who cannot see where it stands. */
export function CopyLine({ text, about }: { text: string; about: string }) {
  return (
    <div className="flex items-stretch gap-2 max-sm:flex-col">
      <code translate="no" className="min-w-0 flex-1 rounded-lg border bg-bg px-3 py-2 font-mono text-sm">
        {text}
      </code>
      <CopyButton text={text} size="small" aria-label={texts.copyOf(about)} />
    </div>
  )
}
