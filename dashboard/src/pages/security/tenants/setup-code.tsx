import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { useAction } from '../../../data/use-action.ts'
import { texts } from '../../../texts/tenants.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { FormActions } from '../../../ui/form-actions.tsx'
import { SecretLine } from '../secret-line.tsx'
import { NewTenant } from './new-tenant.tsx'
import type { SetupCode, Tenant } from './tenant.ts'

/** What the operator sends to the owner of a tenant. */
function Code({ code, onClose }: { code: SetupCode; onClose(): void }) {
  return (
    <>
      <SecretLine label={texts.setupUrl} text={code.setup_url} copy={texts.copyUrl} />
      <SecretLine label={texts.setupCode} text={code.setup_code} copy={texts.copyCode} />
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          {texts.finish}
        </Button>
      </DialogActions>
    </>
  )
}

/** The code is shown only once, so a click outside must not close the dialog. */
const codeDialog = (slug: string) => ({
  title: texts.codeTitle(slug),
  lead: texts.codeLead,
  size: 'medium' as const,
  isDismissable: false
})

export function NewTenantDialog({ domain, onClose }: { domain: string; onClose(): void }) {
  const [made, setMade] = useState<{ slug: string; code: SetupCode } | null>(null)
  return (
    <Dialog isOpen onClose={onClose} title={texts.newTitle} size="medium" {...(made && codeDialog(made.slug))}>
      {made ? (
        <Code code={made.code} onClose={onClose} />
      ) : (
        <NewTenant domain={domain} onClose={onClose} onCreated={(slug, code) => setMade({ slug, code })} />
      )}
    </Dialog>
  )
}

export function RenewDialog({ tenant: { id, slug }, onClose }: { tenant: Tenant; onClose(): void }) {
  const [code, setCode] = useState<SetupCode | null>(null)
  const renew = useAction(async () => {
    setCode(await api.post('/api/tenants/{id}/setup-code', { path: { id } }))
  })
  const question = { title: texts.renewTitle(slug), lead: texts.renewLead }
  return (
    <Dialog isOpen onClose={onClose} {...(code ? codeDialog(slug) : question)}>
      {code ? (
        <Code code={code} onClose={onClose} />
      ) : (
        <FormActions action={renew} onClose={onClose} type="button" onClick={() => void renew.run()}>
          {texts.renewSubmit}
        </FormActions>
      )}
    </Dialog>
  )
}
