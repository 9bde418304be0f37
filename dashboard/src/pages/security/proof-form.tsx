import type { FormEvent, ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { t } from '../../texts/index.ts'
import { Button, type ButtonProps } from '../../ui/button.tsx'
import { DialogActions } from '../../ui/dialog.tsx'
import { FormProblem, SubmitButton } from '../../ui/form-problem.tsx'
import { type Given, ProofFields, useProof } from './proof.tsx'

interface ProofFormProps<T> {
  /** Whether the code is asked for from the start; else once the daemon wants it. */
  needsCode?: boolean
  /** What the button that does it says. */
  verb: string
  look?: ButtonProps['look']
  call(given: Given): Promise<T>
  onDone(reply: T): unknown
  onClose(): void
  children?: ReactNode
}

/** A dialog's form for what asks for nothing but a proof of who asks. */
export function ProofForm<T>(props: ProofFormProps<T>) {
  const { needsCode = false, verb, look = 'primary', call, onDone, onClose, children } = props
  const proof = useProof(needsCode)
  const action = useAction(async () => onDone(await proof.give(call)))
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void action.run()
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {children}
      <ProofFields proof={proof} autoFocus />
      <FormProblem problem={action.problem} />
      <DialogActions>
        <Button onClick={onClose}>{t.ui.cancel}</Button>
        <SubmitButton look={look} problem={action.problem} isBusy={action.isBusy}>
          {verb}
        </SubmitButton>
      </DialogActions>
    </form>
  )
}
