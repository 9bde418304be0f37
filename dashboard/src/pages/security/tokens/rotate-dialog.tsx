import { useState } from 'react'
import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'
import { formatDate } from '../../../data/format.ts'
import { useAction } from '../../../data/use-action.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { FormProblem, SubmitButton } from '../../../ui/form-problem.tsx'
import { toast } from '../../../ui/toast.tsx'
import { CredentialsForm } from '../credentials-form.tsx'
import { MintedToken } from './minted-token.tsx'
import { revoke, type Token } from './token-state.ts'

type Rotated = Reply<'/api/auth/api-tokens/{id}/rotate', 'post'>

function Swap({ rotated, onClose }: { rotated: Rotated; onClose(): void }) {
  const texts = t.security.tokens
  const end = useAction(async () => {
    await revoke(rotated.replaces.id)
    toast(texts.revokeDone)
    onClose()
  })
  return (
    <>
      <MintedToken token={rotated.token} />
      <FormProblem problem={end.problem} />
      <DialogActions>
        <Button onClick={onClose}>{texts.keepOld}</Button>
        <SubmitButton type="button" problem={end.problem} isBusy={end.isBusy} onClick={() => void end.run()}>
          {texts.revokeOld}
        </SubmitButton>
      </DialogActions>
    </>
  )
}

interface RotateDialogProps {
  token: Token
  needsCode: boolean
  onClose(): void
}

/** Creates the new token before the old one is revoked, so the app never lacks a valid token. */
export function RotateDialog({ token, needsCode, onClose }: RotateDialogProps) {
  const texts = t.security.tokens
  const [rotated, setRotated] = useState<Rotated | null>(null)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={rotated ? texts.rotatedTitle : texts.rotateTitle(token.name)}
      lead={rotated ? texts.rotatedLead(formatDate(rotated.replaces.ends_at)) : texts.rotateLead}
      size="medium"
      isDismissable={!rotated}
    >
      {rotated ? (
        <Swap rotated={rotated} onClose={onClose} />
      ) : (
        <CredentialsForm
          needsCode={needsCode}
          verb={texts.rotateSubmit}
          call={(body) => api.post('/api/auth/api-tokens/{id}/rotate', { path: { id: token.id }, body })}
          onDone={setRotated}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}
