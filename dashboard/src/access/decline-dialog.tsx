import { type FormEvent, useState } from 'react'
import { isProblem } from '../api/problem.ts'
import { useAction } from '../data/use-action.ts'
import { decline, start } from '../session/session.ts'
import type { Status } from '../session/state.ts'
import { t } from '../texts/index.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogActions } from '../ui/dialog.tsx'
import { focusFault } from '../ui/focus-fault.ts'
import { FormProblem, SubmitButton } from '../ui/form-problem.tsx'
import { SetupCodeField } from './setup-code-field.tsx'

interface DeclineDialogProps {
  status: Status
  isOpen: boolean
  onClose(): void
}

/** Confirms the choice to continue without a password. Asks for the setup code if the host requires one. */
export function DeclineDialog({ status, isOpen, onClose }: DeclineDialogProps) {
  const texts = t.access.protect
  const [code, setCode] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [isCodeAsked, setCodeAsked] = useState(status.setup_code_required)
  const skip = useAction(async () => {
    try {
      await decline(code)
    } catch (error) {
      if (isProblem(error, 'ALREADY_CONFIGURED')) return start('late')
      // Without an owner, the setup code is the only credential that can be incorrect.
      if (!isProblem(error, 'CREDENTIALS')) throw error
      setCodeAsked(true)
      setFault(t.access.create.setupCodeFault)
    }
  })
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const isMissing = isCodeAsked && code === ''
    setFault(isMissing ? t.access.create.setupCodeFault : null)
    if (!isMissing) await skip.run()
    focusFault(form)
  }
  const onType = (value: string) => {
    setCode(value)
    setFault(null)
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={texts.sure} lead={texts.sureText}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
        {isCodeAsked && <SetupCodeField value={code} fault={fault} onChange={onType} />}
        <FormProblem problem={skip.problem} />
        <DialogActions>
          <Button onClick={onClose}>{texts.sureNo}</Button>
          <SubmitButton look="danger" problem={skip.problem} isBusy={skip.isBusy}>
            {texts.sureYes}
          </SubmitButton>
        </DialogActions>
      </form>
    </Dialog>
  )
}
