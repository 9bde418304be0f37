import { api } from '../../../api/client.ts'
import { t } from '../../../texts/index.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import { CredentialsForm } from '../credentials-form.tsx'

/** The code is required only if this session has not passed 2FA. The daemon decides. */
export function DisableTwoFactor({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const texts = t.security.account.disable
  const onDone = () => {
    toast(texts.done)
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={texts.title} lead={texts.lead}>
      <CredentialsForm
        verb={texts.submit}
        look="danger"
        call={(body) => api.post('/api/auth/totp/disable', { body })}
        onDone={onDone}
        onClose={onClose}
      />
    </Dialog>
  )
}
