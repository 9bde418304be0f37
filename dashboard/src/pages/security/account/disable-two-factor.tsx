import type { FormEvent } from 'react'
import { api } from '../../../api/client.ts'
import { useAction } from '../../../data/use-action.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { FormProblem, SubmitButton } from '../../../ui/form-problem.tsx'
import { toast } from '../../../ui/toast.tsx'
import { ProofFields, useProof } from '../proof.tsx'

function Form({ onClose }: { onClose(): void }) {
  const texts = t.security.account.disable
  // The code only where this session has not given one: the daemon says so.
  const proof = useProof()
  const disable = useAction(async () => {
    await proof.give((body) => api.post('/api/auth/totp/disable', { body }))
    toast(texts.done)
    onClose()
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void disable.run()
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      <ProofFields proof={proof} autoFocus />
      <FormProblem problem={disable.problem} />
      <DialogActions>
        <Button onClick={onClose}>{t.ui.cancel}</Button>
        <SubmitButton look="danger" problem={disable.problem} isBusy={disable.isBusy}>
          {texts.submit}
        </SubmitButton>
      </DialogActions>
    </form>
  )
}

export function DisableTwoFactor({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const texts = t.security.account.disable
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={texts.title} lead={texts.lead}>
      <Form onClose={onClose} />
    </Dialog>
  )
}
