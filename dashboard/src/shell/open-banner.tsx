import { useSession } from '../session/use-session.ts'
import { t } from '../texts/index.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

/** Warns on every page that authentication is off, and offers to turn it on. */
export function OpenBanner({ onProtect }: { onProtect(): void }) {
  const session = useSession()
  if (session.kind !== 'open') return null
  const isDeclined = session.mode === 'declined'
  return (
    <Notice
      tone="bad"
      action={
        <Button size="small" onClick={onProtect}>
          {isDeclined ? t.shell.protect : t.shell.switchOn}
        </Button>
      }
    >
      {isDeclined ? t.shell.openDeclined : t.shell.openDisabled}
    </Notice>
  )
}
