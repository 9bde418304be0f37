import { texts } from '../../../texts/gateway.ts'
import { Field } from '../../../ui/field.tsx'
import { ExternalLink } from './external-link.tsx'
import { KEYS_PAGE } from './gateway.ts'

interface KeyFieldProps {
  value: string
  fault?: string | undefined
  autoFocus?: boolean
  onChange(value: string): void
}

/** The auth key, masked, with the way to get one. */
export function KeyField({ value, fault, autoFocus = false, onChange }: KeyFieldProps) {
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm">
        <ExternalLink href={KEYS_PAGE}>{texts.key.create}</ExternalLink>. {texts.key.how}
      </p>
      <Field
        label={texts.key.label}
        type="password"
        required
        // "off" would let browsers fill in the password of this dashboard.
        autoComplete="new-password"
        autoFocus={autoFocus}
        placeholder="tskey-auth-…"
        maxLength={210}
        hint={texts.key.privacy}
        value={value}
        fault={fault ?? null}
        onChange={(event) => onChange(event.target.value.trim())}
      />
    </div>
  )
}
