import { api } from '../../../api/client.ts'
import { start } from '../../../session/session.ts'
import { tell } from '../../../session/tabs.ts'
import { t } from '../../../texts/index.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { ProofForm } from '../proof-form.tsx'

/** Back to the first launch; the owner's alone. */
export function DisableAuthentication({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const texts = t.security.account.remove
  const onDone = async () => {
    await start()
    tell('changed')
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={texts.title} lead={texts.lead}>
      <ProofForm
        verb={texts.submit}
        look="danger"
        call={(body) => api.post('/api/auth/disable', { body })}
        onDone={onDone}
        onClose={onClose}
      >
        <p className="text-sm text-muted">{texts.keeps}</p>
      </ProofForm>
    </Dialog>
  )
}
