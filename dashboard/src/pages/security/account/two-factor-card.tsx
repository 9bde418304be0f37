import { useState } from 'react'
import type { Reply } from '../../../api/paths.ts'
import type { Polled } from '../../../data/use-poll.ts'
import { t } from '../../../texts/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { keyRoundIcon, qrCodeIcon, shieldCheckIcon, shieldOffIcon, smartphoneIcon } from '../../../ui/icon-shapes.ts'
import { Notice } from '../../../ui/notice.tsx'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { DisableTwoFactor } from './disable-two-factor.tsx'
import { EnrolDialog } from './enrol-dialog.tsx'
import { NewCodes } from './new-codes.tsx'

type Status = Reply<'/api/auth/totp/status'>
const FEW = 3

export function TwoFactorCard({ polled }: { polled: Polled<Status> }) {
  const texts = t.security.account.twoFactor
  const [open, setOpen] = useState<'enrol' | 'codes' | 'disable' | null>(null)
  const { data, reload } = polled
  const close = () => {
    setOpen(null)
    reload()
  }
  const badge = data && (
    <Badge tone={data.enabled ? 'good' : 'warn'} hasMark>
      {data.enabled ? t.security.account.on : t.security.account.off}
    </Badge>
  )
  return (
    <PolledCard polled={polled} title={texts.title} icon={smartphoneIcon} aside={badge}>
      {({ enabled, backup_codes_left: left }) => (
        <>
          <p className="text-sm text-muted">
            {enabled ? texts.onText : texts.offText} {enabled && texts.left(left)}
          </p>
          {enabled && left < FEW && <Notice tone="warn">{texts.fewLeft}</Notice>}
          <div className="flex flex-wrap gap-2 pt-1">
            {enabled ? (
              <>
                <Button size="small" icon={keyRoundIcon} onClick={() => setOpen('codes')}>
                  {texts.newCodes}
                </Button>
                <Button size="small" icon={qrCodeIcon} onClick={() => setOpen('enrol')}>
                  {texts.replace}
                </Button>
                <Button size="small" look="danger" icon={shieldOffIcon} onClick={() => setOpen('disable')}>
                  {texts.disable}
                </Button>
              </>
            ) : (
              <Button look="primary" icon={shieldCheckIcon} onClick={() => setOpen('enrol')}>
                {texts.enable}
              </Button>
            )}
          </div>
          {open === 'enrol' && <EnrolDialog isReplacing={enabled} onClose={close} />}
          {open === 'codes' && <NewCodes onClose={close} />}
          <DisableTwoFactor isOpen={open === 'disable'} onClose={close} />
        </>
      )}
    </PolledCard>
  )
}
