import { type FormEvent, useState } from 'react'
import { isProblem } from '../../../api/problem.ts'
import { useAction } from '../../../data/use-action.ts'
import { texts } from '../../../texts/gateway.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { focusFault } from '../../../ui/focus-fault.ts'
import { FormActions } from '../../../ui/form-actions.tsx'
import { FormProblem, SubmitButton } from '../../../ui/form-problem.tsx'
import { faultsIn } from './draft.ts'
import { isAuthKey, type Job, renewKey } from './gateway.ts'
import { KeyField } from './key-field.tsx'

interface NewKeyFormProps {
  onBegun(job: Job): void
  /** The form of a dialog has a button to cancel. */
  onClose?(): void
}

/** Logs the gateway in again. The key is forgotten as soon as the host has it. */
export function NewKeyForm({ onBegun, onClose }: NewKeyFormProps) {
  const [authKey, setAuthKey] = useState('')
  const [fault, setFault] = useState<string>()
  const save = useAction(async () => {
    try {
      const { job } = await renewKey(authKey)
      setAuthKey('')
      onBegun(job)
      // The pressed button no longer exists. A dialog moves the focus itself.
      if (!onClose) document.getElementById('main')?.focus()
    } catch (error) {
      const found = isProblem(error) ? faultsIn(error)?.auth_key : undefined
      if (found === undefined) throw error
      setFault(found)
    }
  })
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const isWellFormed = isAuthKey(authKey)
    setFault(isWellFormed ? undefined : texts.key.fault)
    if (isWellFormed) await save.run()
    focusFault(form)
  }
  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      <KeyField value={authKey} fault={fault} autoFocus={onClose !== undefined} onChange={setAuthKey} />
      {onClose ? (
        <FormActions action={save} onClose={onClose}>
          {texts.newKey.submit}
        </FormActions>
      ) : (
        <>
          <FormProblem problem={save.problem} />
          <div>
            <SubmitButton problem={save.problem} isBusy={save.isBusy}>
              {texts.newKey.submit}
            </SubmitButton>
          </div>
        </>
      )}
    </form>
  )
}

export function NewKeyDialog({ onBegun, onClose }: Required<NewKeyFormProps>) {
  return (
    <Dialog isOpen onClose={onClose} title={texts.newKey.title} lead={texts.newKey.lead} size="medium">
      <NewKeyForm
        onBegun={(job) => {
          onBegun(job)
          onClose()
        }}
        onClose={onClose}
      />
    </Dialog>
  )
}
