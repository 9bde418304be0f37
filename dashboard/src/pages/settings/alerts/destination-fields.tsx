import { useState } from 'react'
import { texts } from '../../../texts/alerts.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Checkbox, Field, type FieldProps } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select.tsx'
import { type Draft, generateSecret, type SettingName } from './channel.ts'

const { form: f } = texts

interface DestinationFieldsProps {
  draft: Draft
  /** The names of the stored secrets. */
  secrets: readonly string[]
  faults: { [field: string]: string }
  onChange(changes: Partial<Draft>): void
}

/** The fields of the draft's type. */
export function DestinationFields({ draft, secrets, faults, onChange }: DestinationFieldsProps) {
  const [isGenerated, setGenerated] = useState(false)
  const { type, settings } = draft
  const set = (name: SettingName, text: string) => onChange({ settings: { ...settings, [name]: text } })
  const field = (name: SettingName, label: string, more: Partial<FieldProps> = {}) => {
    const isStored = secrets.includes(name)
    const hint = isStored ? f.kept : more.hint
    return (
      <Field
        key={`${type} ${name}`}
        label={label}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        translate="no"
        fault={faults[name] ?? null}
        value={settings[name]}
        onChange={({ target }) => set(name, target.value)}
        {...more}
        hint={hint}
      />
    )
  }
  const secret = { type: 'password', autoComplete: 'new-password' } as const

  if (type === 'ntfy')
    return (
      <>
        {field('url', f.url, { placeholder: 'https://ntfy.sh', inputMode: 'url' })}
        {field('topic', f.topic, { ...secret, hint: f.topicHint })}
        {field('token', f.token, { ...secret, isOptional: true })}
        {secrets.includes('token') && (
          <Checkbox
            label={f.removeToken}
            checked={draft.removesToken}
            onChange={({ target }) => onChange({ removesToken: target.checked })}
          />
        )}
      </>
    )
  if (type === 'gotify')
    return (
      <>
        {field('url', f.url, { placeholder: 'http://192.168.1.20:8080', inputMode: 'url' })}
        {field('token', f.gotifyToken, secret)}
      </>
    )
  if (type === 'discord') return field('url', f.webhookUrl, { ...secret, hint: f.discordHint })
  if (type === 'telegram')
    return (
      <>
        {field('token', f.botToken, { ...secret, hint: f.botTokenHint })}
        {field('chat_id', f.chatId, { hint: f.chatIdHint })}
      </>
    )
  if (type === 'webhook')
    return (
      <>
        {field('url', f.webhookUrl, { ...secret, placeholder: 'https://' })}
        {field('secret', f.secret, { ...secret, type: isGenerated ? 'text' : 'password', hint: f.secretHint })}
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            onClick={() => {
              set('secret', generateSecret())
              setGenerated(true)
            }}
          >
            {f.generate}
          </Button>
          {isGenerated && <CopyButton size="small" text={settings.secret} />}
        </div>
      </>
    )
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem_9rem]">
        {field('host', f.host, { placeholder: 'mail.example.com' })}
        {field('port', f.port, { inputMode: 'numeric' })}
        <Select
          label={f.security}
          value={settings.security}
          onChange={(security) => set('security', security)}
          options={Object.entries(f.securities).map(([value, label]) => ({ value, label }))}
        />
      </div>
      {faults.security && <p className="text-sm text-bad">{faults.security}</p>}
      <div className="grid gap-4 sm:grid-cols-2">
        {field('username', f.username, { isOptional: true })}
        {field('password', f.password, { ...secret, isOptional: true })}
      </div>
      {field('from', f.from, { type: 'email', placeholder: 'monitor@example.com' })}
      {field('to', f.to, { hint: f.toHint, placeholder: 'admin@example.com' })}
    </>
  )
}
