import type { FormEvent } from 'react'
import { api } from '../../../api/client.ts'
import { useAction } from '../../../data/use-action.ts'
import { start } from '../../../session/session.ts'
import { tell } from '../../../session/tabs.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { FormProblem, SubmitButton } from '../../../ui/form-problem.tsx'
import { ProofFields, useProof } from '../proof.tsx'

function Form({ onClose }: { onClose(): void }) {
  const texts = t.security.account.remove
  const proof = useProof()
  const remove = useAction(async () => {
    await proof.give((body) => api.post('/api/auth/disable', { body }))
    await start()
    tell('changed')
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void remove.run()
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      <p className="text-sm text-muted">{texts.keeps}</p>
      <ProofFields proof={proof} autoFocus />
      <FormProblem problem={remove.problem} />
      <DialogActions>
        <Button onClick={onClose}>{t.ui.cancel}</Button>
        <SubmitButton look="danger" problem={remove.problem} isBusy={remove.isBusy}>
          {texts.submit}
        </SubmitButton>
      </DialogActions>
    </form>
  )
}

/** Back to the first launch; the owner's alone. */
export function DisableAuthentication({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const texts = t.security.account.remove
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={texts.title} lead={texts.lead}>
      <Form onClose={onClose} />
    </Dialog>
  )
}
