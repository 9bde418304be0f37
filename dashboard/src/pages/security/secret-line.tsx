import { CopyButton } from '../../ui/copy-button.tsx'

interface SecretLineProps {
  label: string
  text: string
  /** The label of the copy button. */
  copy: string
}

/** Text to copy that is shown only once, with its button. */
export function SecretLine({ label, text, copy }: SecretLineProps) {
  return (
    <div className="flex flex-col items-start gap-2">
      <span className="text-sm font-medium">{label}</span>
      <code
        translate="no"
        className="max-h-40 w-full overflow-y-auto rounded-lg bg-raised px-3 py-2 font-mono text-xs break-all whitespace-pre-wrap select-all"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller that a keyboard cannot reach cannot be scrolled by it
        tabIndex={0}
      >
        {text}
      </code>
      <CopyButton size="small" text={text}>
        {copy}
      </CopyButton>
    </div>
  )
}
