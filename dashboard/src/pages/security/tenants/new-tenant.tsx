import { type FormEvent, useState } from 'react'
import { api } from '../../../api/client.ts'
import { isProblem } from '../../../api/problem.ts'
import { useAction } from '../../../data/use-action.ts'
import { texts } from '../../../texts/tenants.ts'
import { Field } from '../../../ui/field.tsx'
import { focusFault } from '../../../ui/focus-fault.ts'
import { FormActions } from '../../../ui/form-actions.tsx'
import { isName, isSlug, type SetupCode } from './tenant.ts'

interface NewTenantProps {
  domain: string
  onClose(): void
  onCreated(slug: string, code: SetupCode): void
}

export function NewTenant({ domain, onClose, onCreated }: NewTenantProps) {
  const [slug, setSlug] = useState('')
  const [name, setName] = useState('')
  const [faults, setFaults] = useState<{ slug?: string; name?: string }>({})
  const save = useAction(async () => {
    try {
      onCreated(slug, await api.post('/api/tenants', { body: { slug, name: name.trim() } }))
    } catch (error) {
      if (!isProblem(error, 'CONFLICT')) throw error
      setFaults({ slug: texts.slugTaken })
    }
  })
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const found = {
      ...(!isSlug(slug) && { slug: texts.slugFault }),
      ...(!isName(name.trim()) && { name: texts.nameFault })
    }
    setFaults(found)
    if (Object.keys(found).length === 0) await save.run()
    focusFault(form)
  }
  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      <Field
        label={texts.slug}
        hint={texts.slugHint(`${slug || 'slug'}.${domain}`)}
        required
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        translate="no"
        maxLength={63}
        value={slug}
        fault={faults.slug ?? null}
        onChange={(event) => setSlug(event.target.value.toLowerCase())}
      />
      <Field
        label={texts.name}
        hint={texts.nameHint}
        required
        autoComplete="off"
        maxLength={64}
        value={name}
        fault={faults.name ?? null}
        onChange={(event) => setName(event.target.value)}
      />
      <FormActions action={save} onClose={onClose}>
        {texts.newSubmit}
      </FormActions>
    </form>
  )
}
