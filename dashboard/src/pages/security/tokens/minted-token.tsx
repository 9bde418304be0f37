import { urlOf } from '../../../api/place.ts'
import { t } from '../../../texts/index.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'

function Line({ label, text, copy }: { label: string; text: string; copy: string }) {
  return (
    <div className="flex flex-col items-start gap-2">
      <span className="text-sm font-medium">{label}</span>
      <code
        translate="no"
        className="max-h-40 w-full overflow-y-auto rounded-lg bg-raised px-3 py-2 font-mono text-xs break-all select-all"
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

/** A new token, shown only once, with an example command. */
export function MintedToken({ token }: { token: string }) {
  const texts = t.security.tokens
  const curl = `curl -H 'Authorization: Bearer ${token}' '${urlOf('api/system')}'`
  return (
    <>
      <Line label={texts.token} text={token} copy={texts.copyToken} />
      <Line label={texts.curl} text={curl} copy={texts.copyCurl} />
    </>
  )
}
