import { api } from '../../../api/client.ts'
import { texts } from '../../../texts/tenants.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { SureDialog } from '../../../ui/sure-dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import { OneFieldForm } from '../one-field-form.tsx'
import { NewTenantDialog, RenewDialog } from './setup-code.tsx'
import { isName, type Tenant } from './tenant.ts'
import type { TenantVerb } from './tenant-list.tsx'

export type Open = { what: 'new' } | { what: TenantVerb; tenant: Tenant }

interface DialogProps {
  tenant: Tenant
  onClose(): void
}

const PATH = '/api/tenants/{id}'
const pathOf = ({ id }: Tenant) => ({ path: { id } })

function Rename({ tenant, onClose }: DialogProps) {
  return (
    <Dialog isOpen onClose={onClose} title={texts.renameTitle(tenant.slug)}>
      <OneFieldForm
        field={{ label: texts.name, maxLength: 64 }}
        initial={tenant.name}
        verb={texts.rename}
        faultOf={(name) => (isName(name) ? null : texts.nameFault)}
        act={async (name) => {
          await api.patch(PATH, { ...pathOf(tenant), body: { name } })
          toast(texts.renamed)
        }}
        onClose={onClose}
      />
    </Dialog>
  )
}

function Remove({ tenant, onClose }: DialogProps) {
  return (
    <Dialog isOpen onClose={onClose} title={texts.removeTitle(tenant.slug)} lead={texts.removeLead}>
      <OneFieldForm
        field={{ label: texts.removeField(tenant.slug), spellCheck: false, autoCapitalize: 'none' }}
        initial=""
        verb={texts.removeSubmit}
        look="danger"
        faultOf={(typed) => (typed === tenant.slug ? null : texts.removeFault)}
        act={async () => {
          await api.delete(PATH, pathOf(tenant))
          toast(texts.removed)
        }}
        onClose={onClose}
      />
    </Dialog>
  )
}

const suspending = {
  titleOf: texts.suspendTitle,
  lead: texts.suspendLead,
  verb: texts.suspend,
  done: texts.suspendDone
}
const resuming = { titleOf: texts.resumeTitle, lead: texts.resumeLead, verb: texts.resume, done: texts.resumeDone }

function Suspend({ tenant, isActive, onClose }: DialogProps & { isActive: boolean }) {
  const { titleOf, lead, verb, done } = isActive ? resuming : suspending
  const act = async () => {
    await api.patch(PATH, { ...pathOf(tenant), body: { is_active: isActive } })
    toast(done)
  }
  return <SureDialog isOpen onClose={onClose} title={titleOf(tenant.slug)} lead={lead} verb={verb} act={act} />
}

/** The open dialog of the list, if any. */
export function TenantDialogs({ domain, open, onClose }: { domain: string; open: Open | null; onClose(): void }) {
  if (open === null) return null
  switch (open.what) {
    case 'new':
      return <NewTenantDialog domain={domain} onClose={onClose} />
    case 'renew':
      return <RenewDialog tenant={open.tenant} onClose={onClose} />
    case 'rename':
      return <Rename tenant={open.tenant} onClose={onClose} />
    case 'remove':
      return <Remove tenant={open.tenant} onClose={onClose} />
    default:
      return <Suspend tenant={open.tenant} isActive={open.what === 'resume'} onClose={onClose} />
  }
}
