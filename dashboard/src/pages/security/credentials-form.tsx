import type { FormEvent, ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import type { ButtonProps } from '../../ui/button.tsx'
import { FormActions } from '../../ui/form-actions.tsx'
import { type CredentialsBody, CredentialsFields, useCredentials } from './credentials.tsx'

interface CredentialsFormProps<T> {
  /** Whether the code is required from the start; otherwise only when the daemon requires it. */
  needsCode?: boolean
  /** The label of the submit button. */
  verb: string
  look?: ButtonProps['look']
  call(body: CredentialsBody): Promise<T>
  onDone(reply: T): unknown
  onClose(): void
  children?: ReactNode
}

/** A dialog form for actions that require only the user's credentials. */
export function CredentialsForm<T>(props: CredentialsFormProps<T>) {
  const { needsCode = false, verb, look = 'primary', call, onDone, onClose, children } = props
  const credentials = useCredentials(needsCode)
  const action = useAction(async () => onDone(await credentials.callWith(call)))
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void action.run()
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {children}
      <CredentialsFields credentials={credentials} autoFocus />
      <FormActions action={action} onClose={onClose} look={look}>
        {verb}
      </FormActions>
    </form>
  )
}
