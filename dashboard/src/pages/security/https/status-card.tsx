import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { asSentence } from '../../../api/explain.ts'
import type { Polled } from '../../../data/use-poll.ts'
import { t } from '../../../texts/index.ts'
import { texts as selfSigned } from '../../../texts/self-signed.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { lockIcon, lockOpenIcon } from '../../../ui/icon-shapes.ts'
import { Notice } from '../../../ui/notice.tsx'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { SureDialog } from '../../../ui/sure-dialog.tsx'
import { CertificateFacts } from './certificate-facts.tsx'
import { ConfirmDelaySelect, useConfirmDelay } from './confirm-delay.tsx'
import { FingerprintCommand } from './fingerprint.tsx'
import type { OnSwitched, Ssl } from './ssl.ts'

function OffDialog({ isOpen, onClose, onSwitched }: { isOpen: boolean; onClose(): void; onSwitched: OnSwitched }) {
  const texts = t.security.https
  const [confirmDelay, setConfirmDelay] = useConfirmDelay()
  const off = async () => {
    const seconds = Number(confirmDelay)
    const { new_protocol: scheme } = await api.post('/api/ssl/disable', { body: { confirm_within: seconds } })
    onSwitched({ scheme, seconds, fingerprint: null, certPath: null, isSelfSigned: false })
  }
  return (
    <SureDialog
      isOpen={isOpen}
      onClose={onClose}
      title={texts.offTitle}
      lead={texts.offLead}
      verb={texts.offSubmit}
      act={off}
    >
      <ConfirmDelaySelect value={confirmDelay} onChange={setConfirmDelay} />
    </SureDialog>
  )
}

interface StatusCardProps {
  polled: Polled<Ssl>
  isChangeable: boolean
  onSwitched: OnSwitched
}

/** The current scheme of the port and its certificate. */
export function StatusCard({ polled, isChangeable, onSwitched }: StatusCardProps) {
  const texts = t.security.https
  const [isOff, setOff] = useState(false)
  const { data } = polled
  const badge = data && (
    <Badge tone={data.enabled ? 'good' : 'warn'} hasMark>
      {data.enabled ? texts.on : texts.off}
    </Badge>
  )
  return (
    <PolledCard polled={polled} title={texts.title} icon={data?.enabled ? lockIcon : lockOpenIcon} aside={badge}>
      {(ssl) => (
        <>
          <p className="text-sm text-muted">{ssl.enabled ? texts.onText : texts.offText}</p>
          {ssl.fault && (
            <Notice tone="bad">
              {asSentence(ssl.fault)} {ssl.self_signed && texts.emergency}
            </Notice>
          )}
          {ssl.warnings.map((warning) => (
            <Notice key={warning} tone="warn">
              {asSentence(warning)}
            </Notice>
          ))}
          {ssl.certificate && <CertificateFacts certificate={ssl.certificate} />}
          {ssl.certificate?.self_signed && !ssl.self_signed && ssl.cert_path && (
            <FingerprintCommand certPath={ssl.cert_path} lead={selfSigned.shellShown} />
          )}
          {ssl.enabled && isChangeable && (
            <div className="pt-1">
              <Button size="small" look="danger" icon={lockOpenIcon} onClick={() => setOff(true)}>
                {texts.switchOff}
              </Button>
            </div>
          )}
          <OffDialog isOpen={isOff} onClose={() => setOff(false)} onSwitched={onSwitched} />
        </>
      )}
    </PolledCard>
  )
}
