import type { ReactNode } from 'react'
import { useAction } from '../data/use-action.ts'
import { t } from '../texts/index.ts'
import { Button } from './button.tsx'
import { Dialog, DialogActions } from './dialog.tsx'
import { FormProblem, SubmitButton } from './form-problem.tsx'

export interface SureDialogProps {
  isOpen: boolean
  onClose(): void
  title: string
  lead: ReactNode
  /** The label of the confirm button. */
  verb: string
  /** The dialog closes on success and shows the error on failure. */
  act(): Promise<unknown>
  /** Additional options. */
  children?: ReactNode
}

/** Asks for confirmation before an action that cannot be undone. */
export function SureDialog({ isOpen, onClose, title, lead, verb, act, children }: SureDialogProps) {
  const action = useAction(act)
  const close = () => {
    action.setProblem(null)
    onClose()
  }
  const run = async () => {
    if (await action.run()) close()
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title={title} lead={lead}>
      {children}
      <FormProblem problem={action.problem} />
      <DialogActions>
        <Button onClick={close}>{t.ui.cancel}</Button>
        <SubmitButton
          type="button"
          look="danger"
          problem={action.problem}
          isBusy={action.isBusy}
          onClick={() => void run()}
        >
          {verb}
        </SubmitButton>
      </DialogActions>
    </Dialog>
  )
}
