import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { isProblem } from '../../../api/problem.ts'
import { formatDate } from '../../../data/format.ts'
import { hostNow } from '../../../data/host-clock.ts'
import { useAction } from '../../../data/use-action.ts'
import { t } from '../../../texts/index.ts'
import { texts } from '../../../texts/self-signed.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { FormActions } from '../../../ui/form-actions.tsx'
import { GuideLink } from '../../../ui/guide-link.tsx'
import { shieldCheckIcon } from '../../../ui/icon-shapes.ts'
import { Notice } from '../../../ui/notice.tsx'
import { ConfirmDelaySelect, useConfirmDelay } from './confirm-delay.tsx'
import type { OnSwitched, Ssl } from './ssl.ts'

/** The certificate is dated back by a day. */
const DAY_MS = 86_400_000

/** The time of a host whose clock differs so much that browsers would reject its certificate; else null. */
const wrongHostTime = (): number | null => (Math.abs(hostNow() - Date.now()) > DAY_MS ? hostNow() : null)

interface SelfSignedProps {
  ssl: Ssl
  proxy: string | null
  onSwitched: OnSwitched
}

/** Makes a certificate on the host and turns HTTPS on with it. */
export function SelfSigned({ ssl, proxy, onSwitched }: SelfSignedProps) {
  const [isAsking, setAsking] = useState(false)
  const [names, setNames] = useState(location.hostname.replace(/^\[|\]$/g, ''))
  // Comparing a fingerprint takes time.
  const [confirmDelay, setConfirmDelay] = useConfirmDelay('300')
  const isAgain = ssl.certificate?.self_signed === true && !ssl.self_signed

  const close = () => setAsking(false)
  const create = useAction(async () => {
    const seconds = Number(confirmDelay)
    const more = names.split(/[\s,]+/).filter(Boolean)
    const reply = await api.post('/api/ssl/self-signed', { body: { names: more, confirm_within: seconds } })
    close()
    onSwitched({
      scheme: reply.new_protocol,
      seconds,
      fingerprint: reply.certificate.fingerprint_sha256,
      certPath: reply.cert_path,
      isSelfSigned: true
    })
  })
  const isNameFault = isProblem(create.problem, 'VALIDATION')
  const hostTime = wrongHostTime()
  const steps = ssl.enabled ? [texts.firstAgain, ...texts.steps.slice(1)] : texts.steps
  return (
    <div className="flex max-w-xl flex-col items-start gap-4">
      <p className="text-sm text-muted">{isAgain ? texts.leadAgain : texts.lead}</p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look="secondary" icon={shieldCheckIcon} onClick={() => setAsking(true)}>
          {isAgain ? texts.createAgain : texts.create}
        </Button>
        <GuideLink section="self-signed-certificate">{texts.guide}</GuideLink>
      </div>
      <Dialog isOpen={isAsking} onClose={close} title={texts.title} size="medium">
        <div className="text-sm">
          <h3 className="sr-only">{texts.what}</h3>
          <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-muted">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
        {hostTime !== null && <Notice tone="warn">{texts.clock(formatDate(hostTime))}</Notice>}
        {proxy && !ssl.enabled && <Notice tone="warn">{t.security.https.proxied(proxy)}</Notice>}
        <Field
          label={texts.names}
          hint={texts.namesHint}
          isOptional
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          translate="no"
          value={names}
          fault={isNameFault ? texts.namesFault : null}
          onChange={(event) => setNames(event.target.value)}
        />
        <ConfirmDelaySelect value={confirmDelay} onChange={setConfirmDelay} />
        <FormActions
          action={isNameFault ? { ...create, problem: null } : create}
          onClose={close}
          type="button"
          onClick={() => void create.run()}
        >
          {ssl.enabled ? texts.submitAgain : texts.submit}
        </FormActions>
      </Dialog>
    </div>
  )
}
