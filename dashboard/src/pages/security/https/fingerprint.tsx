import { shellWord } from '../../../data/shell-word.ts'
import { texts } from '../../../texts/self-signed.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'

/** How to print a certificate's fingerprint on the host, where nobody in between can alter it. */
export function FingerprintCommand({ certPath, lead }: { certPath: string; lead: string }) {
  const command = `openssl x509 -noout -fingerprint -sha256 -in ${shellWord(certPath)}`
  return (
    <div className="flex flex-col gap-1.5 text-sm">
      <p className="text-muted">{lead}</p>
      <div className="flex items-center gap-2 max-sm:flex-col max-sm:items-stretch">
        <code
          translate="no"
          className="min-w-0 flex-1 rounded-lg bg-raised px-3 py-2 font-mono text-xs [overflow-wrap:anywhere]"
        >
          {command}
        </code>
        <CopyButton text={command} size="small" aria-label={texts.copyCommand} />
      </div>
    </div>
  )
}
