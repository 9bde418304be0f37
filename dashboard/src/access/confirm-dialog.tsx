import { type FormEvent, useEffect, useState, useSyncExternalStore } from 'react'
import { isProblem } from '../api/problem.ts'
import { useAction } from '../data/use-action.ts'
import { getPending, onPending, sendConfirmation } from '../session/confirmation.ts'
import { useSession } from '../session/use-session.ts'
import { t } from '../texts/index.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { FormActions } from '../ui/form-actions.tsx'

type Pending = NonNullable<ReturnType<typeof getPending>>

function ConfirmForm({ pending }: { pending: Pending }) {
  const texts = t.access.confirm
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [isCodeAsked, setCodeAsked] = useState(pending.needs.includes('totp'))
  const confirm = useAction(async () => {
    try {
      await sendConfirmation(password, code.trim())
      pending.settle(true)
    } catch (error) {
      setCode('')
      if (isProblem(error) && error.requiresTotp) setCodeAsked(true)
      throw error
    }
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void confirm.run()
  }
  return (
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
      {isCodeAsked && (
        <Field
          label={texts.code}
          required
          autoComplete="one-time-code"
          spellCheck={false}
          translate="no"
          value={code}
          maxLength={32}
          onChange={(event) => setCode(event.target.value)}
        />
      )}
      <FormActions action={confirm} onClose={() => pending.settle(false)}>
        {texts.submit}
      </FormActions>
    </form>
  )
}

/** Asks for the password again when any API call requires it. The call then continues automatically. */
export function ConfirmDialog() {
  const pending = useSyncExternalStore(onPending, getPending)
  const { kind } = useSession()
  useEffect(() => {
    // A logged-out user cannot confirm.
    if (kind !== 'in') getPending()?.settle(false)
  }, [kind])
  const { title, lead } = t.access.confirm
  return (
    <Dialog isOpen={pending !== null} onClose={() => pending?.settle(false)} title={title} lead={lead}>
      {pending && <ConfirmForm pending={pending} />}
    </Dialog>
  )
}
