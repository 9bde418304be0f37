import { type FormEvent, useState } from 'react'
import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'
import { useAction } from '../../../data/use-action.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { FormActions } from '../../../ui/form-actions.tsx'
import { NameField } from '../../../ui/name-field.tsx'
import { Select } from '../../../ui/select.tsx'
import { CredentialsFields, useCredentials } from '../credentials.tsx'
import { MintedToken } from './minted-token.tsx'

type Minted = Reply<'/api/auth/generate-api-token', 'post'>
type Scope = Minted['scope']

const scopes: readonly Scope[] = ['read_only', 'full_admin']
const lifetimes = [7, 30, 90, 180, 365]

interface FormProps {
  needsCode: boolean
  onClose(): void
  onMinted(minted: Minted): void
}

function Form({ needsCode, onClose, onMinted }: FormProps) {
  const texts = t.security.tokens
  const credentials = useCredentials(needsCode)
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Scope>('read_only')
  const [days, setDays] = useState('365')
  const [networks, setNetworks] = useState('')
  const mint = useAction(async () => {
    const wish = {
      token_name: name,
      scope,
      expires_in_days: Number(days),
      ...(networks.trim() && { allowed_ips: networks })
    }
    onMinted(
      await credentials.callWith((body) => api.post('/api/auth/generate-api-token', { body: { ...body, ...wish } }))
    )
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void mint.run()
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      <NameField
        label={texts.name}
        hint={texts.nameHint}
        placeholder="Home Assistant"
        value={name}
        onChange={setName}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select<Scope>
          label={texts.scope}
          hint={texts.scopeHints[scope]}
          value={scope}
          onChange={setScope}
          options={scopes.map((value) => ({ value, label: texts.scopes[value] }))}
        />
        <Select
          label={texts.days}
          value={days}
          onChange={setDays}
          options={lifetimes.map((n) => ({ value: String(n), label: texts.daysOption(n) }))}
        />
      </div>
      <Field
        label={texts.networks}
        hint={texts.networksHint}
        isOptional
        autoComplete="off"
        spellCheck={false}
        translate="no"
        placeholder="192.168.1.0/24, 2001:db8::/64"
        value={networks}
        onChange={(event) => setNetworks(event.target.value)}
      />
      <CredentialsFields credentials={credentials} />
      <FormActions action={mint} onClose={onClose}>
        {texts.generate}
      </FormActions>
    </form>
  )
}

interface NewTokenDialogProps {
  needsCode: boolean
  onClose(): void
}

export function NewTokenDialog({ needsCode, onClose }: NewTokenDialogProps) {
  const texts = t.security.tokens
  const [minted, setMinted] = useState<Minted | null>(null)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={minted ? texts.mintedTitle : texts.newTitle}
      lead={minted ? texts.mintedLead : undefined}
      size="medium"
      // The token is shown only once, so a click outside must not close the dialog.
      isDismissable={!minted}
    >
      {minted ? (
        <>
          <MintedToken token={minted.token} />
          <DialogActions>
            <Button look="primary" onClick={onClose}>
              {texts.finish}
            </Button>
          </DialogActions>
        </>
      ) : (
        <Form needsCode={needsCode} onClose={onClose} onMinted={setMinted} />
      )}
    </Dialog>
  )
}
