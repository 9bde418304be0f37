import { type FormEvent, useState } from 'react'
import type { Action } from '../data/use-action.ts'
import { t } from '../texts/index.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FormProblem, retryTimeOf, SubmitButton } from '../ui/form-problem.tsx'
import { GuideLink } from '../ui/guide-link.tsx'
import { arrowLeftIcon } from '../ui/icon-shapes.ts'
import { codeDigitsOf } from './code-digits.ts'
import { Frame } from './frame.tsx'

const DIGITS = 6

/** The second step of the login: six digits from the authenticator app, or a backup code. */
export function LoginCode({ enter, onBack }: { enter: Action<[code: string]>; onBack(): void }) {
  const texts = t.access.login
  const [code, setCode] = useState('')
  const [isBackup, setBackup] = useState(false)

  const send = async (typed: string) => {
    if (!(await enter.run(typed))) setCode('')
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (code) void send(code)
  }
  const onType = (typed: string) => {
    // A pasted backup code is accepted here too.
    if (!isBackup && /[a-z]/i.test(typed)) setBackup(true)
    if (isBackup || /[a-z]/i.test(typed)) return setCode(typed)
    const digits = codeDigitsOf(typed)
    setCode(digits)
    const isHeld = (retryTimeOf(enter.problem) ?? 0) > Date.now()
    if (digits.length === DIGITS && digits !== code && !isHeld) void send(digits)
  }
  const swap = () => {
    setBackup(!isBackup)
    setCode('')
    enter.setProblem(null)
  }
  return (
    <Frame title={texts.codeTitle} lead={isBackup ? texts.backupLead : texts.codeLead}>
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <Field
          // A new key replaces the input, because phones keep the keyboard of a focused input.
          key={String(isBackup)}
          label={isBackup ? texts.backupCode : texts.code}
          name="code"
          required
          autoFocus
          autoComplete={isBackup ? 'off' : 'one-time-code'}
          inputMode={isBackup ? 'text' : 'numeric'}
          autoCapitalize={isBackup ? 'characters' : 'none'}
          spellCheck={false}
          translate="no"
          value={code}
          maxLength={32}
          placeholder={isBackup ? 'XXXX-XXXX' : '000000'}
          onChange={(event) => onType(event.target.value)}
          inputClassName="min-h-12 text-center font-mono text-xl tracking-widest"
        />
        <FormProblem problem={enter.problem} />
        <SubmitButton problem={enter.problem} isBusy={enter.isBusy} className="min-h-11">
          {texts.verify}
        </SubmitButton>
      </form>
      <div className="flex flex-wrap justify-between gap-2">
        <Button look="quiet" size="small" icon={arrowLeftIcon} onClick={onBack} className="-ml-2">
          {texts.back}
        </Button>
        <Button look="quiet" size="small" onClick={swap} className="-mr-2">
          {isBackup ? texts.useApp : texts.useBackup}
        </Button>
      </div>
      <GuideLink section="lost-authenticator">{texts.lostPhone}</GuideLink>
    </Frame>
  )
}
