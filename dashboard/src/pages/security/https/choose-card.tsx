import { type FormEvent, useState } from 'react'
import { api } from '../../../api/client.ts'
import { asSentence, explain } from '../../../api/explain.ts'
import type { Reply } from '../../../api/paths.ts'
import { isProblem, type Problem } from '../../../api/problem.ts'
import { useAction } from '../../../data/use-action.ts'
import { t } from '../../../texts/index.ts'
import { texts as selfSigned } from '../../../texts/self-signed.ts'
import { Card } from '../../../ui/card.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { focusFault } from '../../../ui/focus-fault.ts'
import { FormActions } from '../../../ui/form-actions.tsx'
import { FormProblem, SubmitButton } from '../../../ui/form-problem.tsx'
import { shieldCheckIcon } from '../../../ui/icon-shapes.ts'
import { Notice } from '../../../ui/notice.tsx'
import { CertificateFacts } from './certificate-facts.tsx'
import { ConfirmDelaySelect, useConfirmDelay } from './confirm-delay.tsx'
import { SelfSigned } from './self-signed.tsx'
import type { Choice, OnSwitched, Ssl } from './ssl.ts'

type Checked = Reply<'/api/ssl/validate', 'post'> & { choice: Choice }
/** The daemon can also make a certificate by itself. */
type Source = Choice['source'] | 'self-signed'

interface SwitchProps {
  checked: Checked
  proxy: string | null
  isOn: boolean
  onClose(): void
  onSwitched: OnSwitched
}

function Switch({ checked: { choice, certificate, warnings }, proxy, isOn, onClose, onSwitched }: SwitchProps) {
  const texts = t.security.https
  const [confirmDelay, setConfirmDelay] = useConfirmDelay()
  const on = useAction(async () => {
    const seconds = Number(confirmDelay)
    const { source, cert_path, key_path } = choice
    const body = { source, confirm_within: seconds, ...(source === 'custom' && { cert_path, key_path }) }
    const { new_protocol: scheme } = await api.post('/api/ssl/configure', { body })
    onClose()
    onSwitched({
      scheme,
      seconds,
      fingerprint: certificate.fingerprint_sha256,
      certPath: cert_path,
      isSelfSigned: certificate.self_signed
    })
  })
  return (
    <>
      {warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {asSentence(warning)}
        </Notice>
      ))}
      <CertificateFacts certificate={certificate} />
      {proxy && !isOn && <Notice tone="warn">{texts.proxied(proxy)}</Notice>}
      <ConfirmDelaySelect value={confirmDelay} onChange={setConfirmDelay} />
      <FormActions action={on} onClose={onClose} type="button" onClick={() => void on.run()}>
        {isOn ? texts.useIt : texts.switchOn}
      </FormActions>
    </>
  )
}

/** The file that an error concerns; null if it concerns neither. */
const faultOf = (problem: Problem | null, field: string): string | null =>
  isProblem(problem, 'VALIDATION') && problem.details[0]?.path.endsWith(field) ? explain(problem) : null

interface SourceOptionProps {
  label: string
  value: Source
  checked: boolean
  onChange(value: Source): void
}

function SourceOption({ label, value, checked, onChange }: SourceOptionProps) {
  return (
    <label className="flex items-center gap-3 text-sm font-medium">
      <input
        type="radio"
        name="source"
        value={value}
        checked={checked}
        onChange={() => onChange(value)}
        className="size-4 accent-accent"
      />
      {label}
    </label>
  )
}

interface ChooseCardProps {
  ssl: Ssl
  proxy: string | null
  onSwitched: OnSwitched
}

/** The files in use unless they are self-signed or unusable; else what needs no files. */
function suggestedSource(ssl: Ssl): Source {
  if (ssl.source === 'custom' && ssl.certificate && !ssl.certificate.self_signed) return 'custom'
  return ssl.proxmox.available && ssl.source !== 'custom' ? 'proxmox' : 'self-signed'
}

/** Selects a certificate, checks it and then enables it. */
export function ChooseCard({ ssl, proxy, onSwitched }: ChooseCardProps) {
  const texts = t.security.https
  const { proxmox } = ssl
  const [source, setSource] = useState(() => suggestedSource(ssl))
  const [certPath, setCertPath] = useState((ssl.source === 'custom' && ssl.cert_path) || '')
  const [keyPath, setKeyPath] = useState((ssl.source === 'custom' && ssl.key_path) || '')
  const [checked, setChecked] = useState<Checked | null>(null)

  const check = useAction(async () => {
    const isOurs = source === 'proxmox'
    const pair = {
      cert_path: (isOurs && proxmox.cert_path) || certPath.trim(),
      key_path: (isOurs && proxmox.key_path) || keyPath.trim()
    }
    const reply = await api.post('/api/ssl/validate', { body: pair })
    setChecked({ ...reply, choice: { source: isOurs ? 'proxmox' : 'custom', ...pair } })
  })
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    await check.run()
    focusFault(form)
  }
  const certFault = faultOf(check.problem, 'cert_path')
  const keyFault = faultOf(check.problem, 'key_path')
  const options: (readonly [Source, string])[] = [
    ...(proxmox.available ? [['proxmox', texts.proxmox] as const] : []),
    ['self-signed', selfSigned.source],
    ['custom', texts.custom]
  ]
  const path = {
    required: true,
    autoComplete: 'off',
    autoCapitalize: 'none',
    spellCheck: false,
    translate: 'no'
  } as const
  return (
    <Card title={ssl.enabled ? texts.chooseOn : texts.choose} icon={shieldCheckIcon}>
      <fieldset className="flex flex-col gap-2.5">
        <legend className="sr-only">{texts.choose}</legend>
        {options.map(([value, label]) => (
          <SourceOption key={value} label={label} value={value} checked={source === value} onChange={setSource} />
        ))}
      </fieldset>
      {source === 'self-signed' ? (
        <SelfSigned ssl={ssl} proxy={proxy} onSwitched={onSwitched} />
      ) : (
        <form onSubmit={onSubmit} className="flex max-w-xl flex-col gap-4">
          {source === 'proxmox' && (
            <p translate="no" className="font-mono text-xs text-muted">
              {proxmox.cert_path}
            </p>
          )}
          {source === 'custom' && (
            <>
              <Field
                label={texts.certPath}
                hint={texts.certHint}
                placeholder="/etc/ssl/monitor.pem"
                value={certPath}
                fault={certFault}
                onChange={(event) => setCertPath(event.target.value)}
                {...path}
              />
              <Field
                label={texts.keyPath}
                hint={texts.keyHint}
                placeholder="/etc/ssl/monitor.key"
                value={keyPath}
                fault={keyFault}
                onChange={(event) => setKeyPath(event.target.value)}
                {...path}
              />
            </>
          )}
          <FormProblem problem={source === 'custom' && (certFault || keyFault) ? null : check.problem} />
          <div>
            <SubmitButton look="secondary" problem={check.problem} isBusy={check.isBusy}>
              {texts.check}
            </SubmitButton>
          </div>
        </form>
      )}
      <Dialog
        isOpen={checked !== null}
        onClose={() => setChecked(null)}
        title={ssl.enabled ? texts.chooseOn : texts.switchOn}
        lead={texts.good}
        size="medium"
      >
        {checked && (
          <Switch
            checked={checked}
            proxy={proxy}
            isOn={ssl.enabled}
            onClose={() => setChecked(null)}
            onSwitched={onSwitched}
          />
        )}
      </Dialog>
    </Card>
  )
}
