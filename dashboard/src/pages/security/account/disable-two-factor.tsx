import { api } from '../../../api/client.ts'
import { t } from '../../../texts/index.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import { ProofForm } from '../proof-form.tsx'

/** The code is asked for only where this session has not given one: the daemon says so. */
export function DisableTwoFactor({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const texts = t.security.account.disable
  const onDone = () => {
    toast(texts.done)
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={texts.title} lead={texts.lead}>
      <ProofForm
        verb={texts.submit}
        look="danger"
        call={(body) => api.post('/api/auth/totp/disable', { body })}
        onDone={onDone}
        onClose={onClose}
      />
    </Dialog>
  )
}
