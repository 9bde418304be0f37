import { useCountdown } from '../../../data/use-now.ts'
import { hrefOf } from '../../../router.ts'
import { addressUnder, type Scheme } from '../../../session/url-migration.ts'
import { t } from '../../../texts/index.ts'
import { Button, buttonClass } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Countdown } from '../../../ui/countdown.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'

export interface Move {
  scheme: Scheme
  /** The fingerprint of the new certificate; null without one. */
  fingerprint: string | null
  deadline: number
}

/** The port has changed its scheme, so this page can no longer reach it. Links to the new address. */
export function MoveDialog({ move: { scheme, fingerprint, deadline } }: { move: Move }) {
  const texts = t.security.https
  const isOver = useCountdown(deadline) === 0
  const address = addressUnder(scheme)
  address.hash = hrefOf('security', 'https')
  const shown = new URL(address)
  shown.search = ''
  return (
    <Dialog
      isOpen
      onClose={() => {}}
      title={texts.moveTitle[scheme]}
      lead={texts.moveLead[scheme]}
      size="medium"
      isDismissable={false}
    >
      {isOver ? (
        <Notice tone="warn" role="status">
          {texts.moveOver}
        </Notice>
      ) : (
        <Notice tone="warn">
          {texts.moveLeft} <Countdown at={deadline} />
        </Notice>
      )}
      <code translate="no" className="rounded-lg bg-raised px-3 py-2 font-mono text-sm">
        {shown.href}
      </code>
      {fingerprint && (
        <div className="flex flex-col gap-1 text-sm">
          <p className="text-muted">{texts.moveWarning}</p>
          <code translate="no" className="font-mono text-xs">
            {fingerprint}
          </code>
        </div>
      )}
      <DialogActions>
        <CopyButton text={shown.href} />
        {isOver ? (
          <Button look="primary" onClick={() => location.reload()}>
            {texts.reload}
          </Button>
        ) : (
          <a href={address.href} className={buttonClass('primary')}>
            {texts.go}
          </a>
        )}
      </DialogActions>
    </Dialog>
  )
}
