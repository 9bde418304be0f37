import { type FormEvent, useState } from 'react'
import { api } from '../../../api/client.ts'
import { useAction } from '../../../data/use-action.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { FormProblem, SubmitButton } from '../../../ui/form-problem.tsx'
import { ProofFields, useProof } from '../proof.tsx'
import { BackupCodes } from './backup-codes.tsx'

function Ask({ onClose, onMade }: { onClose(): void; onMade(codes: string[]): void }) {
  const proof = useProof(true)
  const make = useAction(async () => {
    const { backup_codes } = await proof.give((body) => api.post('/api/auth/totp/backup-codes', { body }))
    onMade(backup_codes)
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void make.run()
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      <ProofFields proof={proof} autoFocus />
      <FormProblem problem={make.problem} />
      <DialogActions>
        <Button onClick={onClose}>{t.ui.cancel}</Button>
        <SubmitButton problem={make.problem} isBusy={make.isBusy}>
          {t.security.account.newCodes.submit}
        </SubmitButton>
      </DialogActions>
    </form>
  )
}

export function NewCodes({ onClose }: { onClose(): void }) {
  const texts = t.security.account.newCodes
  const [codes, setCodes] = useState<string[] | null>(null)
  return (
    <Dialog isOpen onClose={onClose} title={texts.title} lead={codes ? texts.done : texts.lead} isDismissable={!codes}>
      {codes ? (
        <>
          <BackupCodes codes={codes} />
          <DialogActions>
            <Button look="primary" onClick={onClose}>
              {texts.finish}
            </Button>
          </DialogActions>
        </>
      ) : (
        <Ask onClose={onClose} onMade={setCodes} />
      )}
    </Dialog>
  )
}
