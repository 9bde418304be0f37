import { type FormEvent, type ReactNode, useState } from 'react'
import { codeDigitsOf } from '../../../access/code-digits.ts'
import { api } from '../../../api/client.ts'
import { isProblem } from '../../../api/problem.ts'
import { useAction } from '../../../data/use-action.ts'
import { t } from '../../../texts/index.ts'
import { Button, buttonClass } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { DialogActions } from '../../../ui/dialog.tsx'
import { Checkbox, Field } from '../../../ui/field.tsx'
import { focusFault } from '../../../ui/focus-fault.ts'
import { FormProblem, SubmitButton } from '../../../ui/form-problem.tsx'
import { GuideLink } from '../../../ui/guide-link.tsx'
import { BackupCodes } from './backup-codes.tsx'
import type { Enrolment } from './enrol-dialog.tsx'

function Step({ n, title, text, children }: { n: number; title: string; text: string; children: ReactNode }) {
  return (
    <li className="flex flex-col gap-3">
      <div className="flex items-start gap-3">
        <span
          aria-hidden="true"
          className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent text-xs font-semibold text-on-accent"
        >
          {n}
        </span>
        <div className="flex flex-col gap-0.5">
          <h3 className="text-sm font-semibold">{title}</h3>
          <p className="text-sm text-muted">{text}</p>
        </div>
      </div>
      <div className="flex flex-col gap-3 sm:pl-9">{children}</div>
    </li>
  )
}

/** Groups of four characters, easier to read and type. */
const grouped = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret

interface EnrolStepsProps {
  enrolment: Enrolment
  onClose(): void
  onDone(): void
}

export function EnrolSteps({ enrolment, onClose, onDone }: EnrolStepsProps) {
  const texts = t.security.account.enrol
  const [isSaved, setSaved] = useState(false)
  const [code, setCode] = useState('')
  const enable = useAction(async () => {
    try {
      await api.post('/api/auth/totp/enable', { body: { token: code } })
    } catch (error) {
      setCode('')
      throw error
    }
    onDone()
  })
  const isWrong = isProblem(enable.problem, 'TOTP_INVALID')
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    await enable.run()
    focusFault(form)
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-6">
      <ol className="flex flex-col gap-6">
        <Step n={1} title={texts.scan} text={texts.scanText}>
          <div className="flex flex-wrap items-center gap-4">
            <img
              src={enrolment.qr_code}
              alt={texts.qr}
              width="176"
              height="176"
              className="shrink-0 rounded-lg border bg-[#fff]"
            />
            <div className="flex min-w-0 flex-1 basis-48 flex-col items-start gap-2 text-sm">
              <span>{texts.secret}</span>
              <code translate="no" className="rounded-lg bg-raised px-3 py-2 font-mono">
                {grouped(enrolment.secret)}
              </code>
              <div className="flex flex-wrap gap-2">
                <CopyButton size="small" text={enrolment.secret} />
                <a href={enrolment.otpauth_url} className={buttonClass('quiet', 'small')}>
                  {texts.openApp}
                </a>
              </div>
            </div>
          </div>
          <GuideLink section="choose-an-app">{texts.guide}</GuideLink>
        </Step>
        <Step n={2} title={texts.codes} text={texts.codesText}>
          <BackupCodes codes={enrolment.backup_codes} />
          <Checkbox label={texts.saved} checked={isSaved} onChange={(event) => setSaved(event.target.checked)} />
        </Step>
        <Step n={3} title={texts.verify} text={texts.verifyText}>
          <Field
            label={texts.code}
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            spellCheck={false}
            translate="no"
            maxLength={16}
            placeholder="000000"
            value={code}
            hint={!isSaved && code.length === 6 ? texts.notSaved : null}
            fault={isWrong ? texts.wrong : null}
            onChange={(event) => setCode(codeDigitsOf(event.target.value))}
            className="max-w-48"
          />
          {isWrong && <GuideLink section="codes-are-refused" about={texts.code} />}
          <FormProblem problem={isWrong ? null : enable.problem} />
        </Step>
      </ol>
      <DialogActions>
        <Button onClick={onClose}>{t.ui.cancel}</Button>
        <SubmitButton problem={enable.problem} isBusy={enable.isBusy} disabled={!isSaved || code.length !== 6}>
          {texts.submit}
        </SubmitButton>
      </DialogActions>
    </form>
  )
}
