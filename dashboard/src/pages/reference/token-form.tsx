import { type FormEvent, useState } from 'react'
import { Problem } from '../../api/problem.ts'
import { send } from '../../api/transport.ts'
import { useAction } from '../../data/use-action.ts'
import { texts } from '../../texts/reference.ts'
import { Field } from '../../ui/field.tsx'
import { FormProblem, SubmitButton } from '../../ui/form-problem.tsx'
import { setApiToken } from './api-token.ts'

/** Another way into the reference than the login. */
export function TokenForm() {
  const [typed, setTyped] = useState('')
  const use = useAction(async () => {
    const token = typed.trim().replace(/^Bearer\s+/i, '')
    // A header takes no other characters; fetch would fail as if the network had.
    if (/[^\x21-\x7e]/.test(token)) throw new Problem('TOKEN_INVALID', { status: 401 })
    await send({ method: 'get', path: '/api/openapi.json', token })
    setApiToken(token)
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void use.run()
  }
  const isWrong = use.problem?.status === 401
  return (
    <details className="border-t pt-5">
      <summary className="text-sm font-medium text-accent">{texts.useToken}</summary>
      <form onSubmit={onSubmit} className="flex flex-col gap-4 pt-4">
        <Field
          label={texts.token}
          hint={texts.tokenHint}
          fault={isWrong ? texts.tokenFault : null}
          type="password"
          required
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <FormProblem problem={isWrong ? null : use.problem} />
        <SubmitButton look="secondary" problem={use.problem} isBusy={use.isBusy}>
          {texts.submit}
        </SubmitButton>
      </form>
    </details>
  )
}
