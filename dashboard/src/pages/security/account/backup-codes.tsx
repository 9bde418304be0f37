import { useState } from 'react'
import { createPortal } from 'react-dom'
import { formatDate } from '../../../data/format.ts'
import { useUser } from '../../../session/use-session.ts'
import { useOwnName } from '../../../shell/host-info.tsx'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { downloadIcon, printerIcon } from '../../../ui/icon-shapes.ts'

function saveFile(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  link.download = name
  link.click()
  // Browsers read the URL after this task, so it is revoked later.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** The backup codes, shown once, with buttons to copy, download and print them. */
export function BackupCodes({ codes }: { codes: string[] }) {
  const texts = t.security.account.codes
  const host = useOwnName() ?? location.hostname
  const heading = texts.heading(useUser()?.username ?? '', host)
  const [madeAt] = useState(() => texts.made(formatDate(Date.now())))
  const text = `${heading}\n${madeAt}\n${texts.once}\n\n${codes.join('\n')}\n`
  return (
    <div className="flex flex-col gap-3">
      <ul
        aria-label={texts.label}
        translate="no"
        className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-lg bg-raised px-4 py-3 text-center font-mono tracking-wide"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton size="small" text={codes.join('\n')} />
        <Button size="small" icon={downloadIcon} onClick={() => saveFile(texts.file(host), text)}>
          {texts.download}
        </Button>
        <Button size="small" icon={printerIcon} onClick={() => window.print()}>
          {texts.print}
        </Button>
      </div>
      {createPortal(<pre className="print-sheet font-mono whitespace-pre-wrap">{text}</pre>, document.body)}
    </div>
  )
}
