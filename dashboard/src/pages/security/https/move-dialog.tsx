import { useCountdown } from '../../../data/use-now.ts'
import { hrefOf } from '../../../router.ts'
import { addressUnder, schemeHere } from '../../../session/url-migration.ts'
import { t } from '../../../texts/index.ts'
import { texts as selfSigned } from '../../../texts/self-signed.ts'
import { Button, buttonClass } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Countdown } from '../../../ui/countdown.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { FingerprintCommand } from './fingerprint.tsx'
import type { Switched } from './ssl.ts'

export interface Move extends Switched {
  deadline: number
}

/** The port has changed its scheme or certificate, so this page can no longer reach it. Links to the new address. */
export function MoveDialog({ move }: { move: Move }) {
  const { scheme, fingerprint, certPath, isSelfSigned, deadline } = move
  const texts = t.security.https
  const isOver = useCountdown(deadline) === 0
  /** Under the same scheme only the certificate is new. */
  const isHere = scheme === schemeHere()
  const address = addressUnder(scheme)
  address.hash = hrefOf('security', 'https')
  const shown = new URL(address)
  shown.search = ''
  return (
    <Dialog
      isOpen
      onClose={() => {}}
      title={isHere ? selfSigned.changedTitle : texts.moveTitle[scheme]}
      lead={isHere ? selfSigned.changedLead : texts.moveLead[scheme]}
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
          <p className="text-muted">{isSelfSigned ? selfSigned.warning : texts.moveWarning}</p>
          <code translate="no" className="font-mono text-xs">
            {fingerprint}
          </code>
        </div>
      )}
      {certPath && <FingerprintCommand certPath={certPath} lead={selfSigned.shell} />}
      <DialogActions>
        <CopyButton text={shown.href}>{texts.copyAddress}</CopyButton>
        {isOver || isHere ? (
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
