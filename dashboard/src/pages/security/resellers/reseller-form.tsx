import { type FormEvent, useState } from 'react'
import { api } from '../../../api/client.ts'
import { useAction } from '../../../data/use-action.ts'
import { t } from '../../../texts/index.ts'
import { Field } from '../../../ui/field.tsx'
import { focusFault } from '../../../ui/focus-fault.ts'
import { FormActions } from '../../../ui/form-actions.tsx'
import { NameField } from '../../../ui/name-field.tsx'
import { toast } from '../../../ui/toast.tsx'
import { type Reseller, readAmount } from './reseller.ts'

/** Creates a reseller or edits the given one. */
export function ResellerForm({ reseller, onClose }: { reseller: Reseller | null; onClose(): void }) {
  const texts = t.security.resellers
  const [name, setName] = useState(reseller?.name ?? '')
  const [typed, setTyped] = useState((reseller?.balance ?? 0).toFixed(2))
  const [faults, setFaults] = useState<{ name?: string; balance?: string }>({})
  const balance = readAmount(typed)

  const save = useAction(async () => {
    const body = { name: name.trim(), balance: balance! }
    if (reseller) {
      // Only the changed fields, so that concurrent edits do not overwrite each other.
      const changes = {
        ...(body.name !== reseller.name && { name: body.name }),
        ...(body.balance !== reseller.balance && { balance: body.balance })
      }
      if (Object.keys(changes).length > 0)
        await api.patch('/api/resellers/{id}', { path: { id: reseller.id }, body: changes })
    } else await api.post('/api/resellers', { body })
    toast(reseller ? texts.saved : texts.created)
    onClose()
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const found = {
      ...(name.trim() === '' && { name: texts.nameFault }),
      ...(balance === null && { balance: texts.balanceFault })
    }
    setFaults(found)
    if (Object.keys(found).length === 0) void save.run()
    else focusFault(event.currentTarget)
  }
  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      <NameField label={texts.name} fault={faults.name ?? null} value={name} onChange={setName} />
      <Field
        label={texts.balance}
        inputMode="decimal"
        autoComplete="off"
        fault={faults.balance ?? null}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <FormActions action={save} onClose={onClose}>
        {texts.save}
      </FormActions>
    </form>
  )
}
