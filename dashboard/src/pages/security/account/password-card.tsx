import { type FormEvent, useState } from 'react'
import { checkPassword } from '../../../access/password-rules.ts'
import { StrengthMeter } from '../../../access/strength-meter.tsx'
import { api } from '../../../api/client.ts'
import { explain } from '../../../api/explain.ts'
import { isProblem } from '../../../api/problem.ts'
import { useAction } from '../../../data/use-action.ts'
import { useUser } from '../../../session/use-session.ts'
import { t } from '../../../texts/index.ts'
import { Card } from '../../../ui/card.tsx'
import { Field } from '../../../ui/field.tsx'
import { focusFault } from '../../../ui/focus-fault.ts'
import { FormProblem, SubmitButton } from '../../../ui/form-problem.tsx'
import { lockIcon } from '../../../ui/icon-shapes.ts'
import { toast } from '../../../ui/toast.tsx'
import { CredentialsFields, useCredentials } from '../credentials.tsx'

interface Faults {
  next?: string
  repeated?: string
}

function Form({ username, onDone }: { username: string; onDone(): void }) {
  const texts = t.security.account.password
  const credentials = useCredentials()
  const [next, setNext] = useState('')
  const [repeated, setRepeated] = useState('')
  const [faults, setFaults] = useState<Faults>({})
  const checked = checkPassword(next, username)

  const change = useAction(async () => {
    try {
      await credentials.callWith(({ password: current_password, ...code }) =>
        api.put('/api/auth/password', { body: { current_password, new_password: next, ...code } })
      )
    } catch (error) {
      if (!isProblem(error, 'PASSWORD_POLICY')) throw error
      return setFaults({ next: explain(error) })
    }
    toast(texts.done)
    onDone()
  })
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const found: Faults = {
      ...(!checked.isAcceptable && { next: texts.ruleFault }),
      ...(next === credentials.password && { next: texts.sameFault }),
      ...(next !== repeated && { repeated: texts.repeatFault })
    }
    setFaults(found)
    if (Object.keys(found).length === 0) await change.run()
    focusFault(form)
  }
  return (
    <form onSubmit={onSubmit} className="flex max-w-md flex-col gap-4">
      <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
      <CredentialsFields credentials={credentials} label={t.security.credentials.current} />
      <Field
        label={texts.next}
        type="password"
        required
        autoComplete="new-password"
        value={next}
        fault={faults.next ?? null}
        onChange={(event) => setNext(event.target.value)}
      >
        <StrengthMeter checked={checked} isEmpty={next === ''} />
      </Field>
      <Field
        label={texts.repeat}
        type="password"
        required
        autoComplete="new-password"
        value={repeated}
        fault={faults.repeated ?? null}
        onChange={(event) => setRepeated(event.target.value)}
      />
      <FormProblem problem={change.problem} />
      <div>
        <SubmitButton problem={change.problem} isBusy={change.isBusy}>
          {texts.submit}
        </SubmitButton>
      </div>
    </form>
  )
}

export function PasswordCard() {
  const texts = t.security.account.password
  const user = useUser()
  // The typed passwords are removed with the form after it was sent.
  const [count, setCount] = useState(0)
  if (!user) return null
  return (
    <Card title={texts.title} icon={lockIcon}>
      <p className="text-sm text-muted">{texts.lead}</p>
      <Form key={count} username={user.username} onDone={() => setCount(count + 1)} />
    </Card>
  )
}
