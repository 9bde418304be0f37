import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { CredentialsForm } from '../credentials-form.tsx'
import { BackupCodes } from './backup-codes.tsx'

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
        <CredentialsForm
          needsCode
          verb={texts.submit}
          call={(body) => api.post('/api/auth/totp/backup-codes', { body })}
          onDone={({ backup_codes }) => setCodes(backup_codes)}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}
