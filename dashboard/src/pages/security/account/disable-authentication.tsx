import { api } from '../../../api/client.ts'
import { start } from '../../../session/session.ts'
import { broadcast } from '../../../session/tabs.ts'
import { t } from '../../../texts/index.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { CredentialsForm } from '../credentials-form.tsx'

/** Returns to the first launch. Only the owner can use it. */
export function DisableAuthentication({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const texts = t.security.account.remove
  const onDone = async () => {
    await start()
    broadcast('changed')
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={texts.title} lead={texts.lead}>
      <CredentialsForm
        verb={texts.submit}
        look="danger"
        call={(body) => api.post('/api/auth/disable', { body })}
        onDone={onDone}
        onClose={onClose}
      >
        <p className="text-sm text-muted">{texts.keeps}</p>
      </CredentialsForm>
    </Dialog>
  )
}
