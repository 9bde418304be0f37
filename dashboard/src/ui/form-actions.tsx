import type { Problem } from '../api/problem.ts'
import { t } from '../texts/index.ts'
import { Button, type ButtonProps } from './button.tsx'
import { DialogActions } from './dialog.tsx'
import { FormProblem, SubmitButton } from './form-problem.tsx'

interface FormActionsProps extends ButtonProps {
  action: { problem: Problem | null; isBusy: boolean }
  onClose(): void
}

/** The end of a form in a dialog: why it was rejected, Cancel, and the submit button. */
export function FormActions({ action: { problem, isBusy }, onClose, ...submit }: FormActionsProps) {
  return (
    <>
      <FormProblem problem={problem} />
      <DialogActions>
        <Button onClick={onClose}>{t.ui.cancel}</Button>
        <SubmitButton {...submit} problem={problem} isBusy={isBusy} />
      </DialogActions>
    </>
  )
}
