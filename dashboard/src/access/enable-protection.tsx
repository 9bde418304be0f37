import { type FormEvent, useState } from 'react'
import { useAction } from '../data/use-action.ts'
import { enable } from '../session/session.ts'
import { t } from '../texts/index.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FormProblem, SubmitButton } from '../ui/form-problem.tsx'
import { arrowLeftIcon } from '../ui/icon-shapes.ts'
import { Frame } from './frame.tsx'

/** Reverses `enabled: false` in auth.json. */
export function EnableProtection({ onBack }: { onBack(): void }) {
  const texts = t.access.enable
  const [password, setPassword] = useState('')
  const submit = useAction(() => enable(password))
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void submit.run()
  }
  return (
    <Frame title={texts.title} lead={texts.lead}>
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <Field
          label={texts.password}
          type="password"
          required
          autoFocus
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <FormProblem problem={submit.problem} />
        <div className="flex flex-wrap-reverse justify-between gap-2">
          <Button look="quiet" icon={arrowLeftIcon} onClick={onBack} className="-ml-3">
            {t.access.create.back}
          </Button>
          <SubmitButton problem={submit.problem} isBusy={submit.isBusy}>
            {texts.submit}
          </SubmitButton>
        </div>
      </form>
    </Frame>
  )
}
