import { useId } from 'react'
import { texts } from '../../../texts/alerts.ts'
import { Checkbox, Field } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select.tsx'
import { type Draft, kinds } from './channel.ts'

const { form: f } = texts

interface RuleFieldsProps {
  draft: Draft
  /** Why the chosen kinds are refused. */
  fault: string | null
  onChange(changes: Partial<Draft>): void
}

/** What a channel gets, and when. */
export function RuleFields({ draft, fault, onChange }: RuleFieldsProps) {
  const id = useId()
  const toggle = (kind: (typeof kinds)[number], isOn: boolean) => {
    const others = draft.kinds.filter((each) => each !== kind)
    onChange({ kinds: isOn ? [...others, kind] : others })
  }
  return (
    <>
      <fieldset className="flex flex-col gap-3 rounded-lg border p-4">
        <legend className="px-1 text-sm font-medium">{f.rules}</legend>
        <Select<Draft['severity']>
          label={f.severity}
          value={draft.severity}
          onChange={(severity) => onChange({ severity })}
          options={(['warning', 'critical'] as const).map((value) => ({ value, label: f.severities[value] }))}
        />
        {kinds.map((kind) => (
          <Checkbox
            key={kind}
            label={texts.kinds[kind]}
            checked={draft.kinds.includes(kind)}
            aria-invalid={fault !== null}
            aria-describedby={fault === null ? undefined : id}
            onChange={({ target }) => toggle(kind, target.checked)}
          />
        ))}
        {fault !== null && (
          <p id={id} className="text-sm text-bad">
            {fault}
          </p>
        )}
      </fieldset>
      <Checkbox
        label={f.quiet}
        hint={f.quietHint}
        checked={draft.isQuiet}
        onChange={({ target }) => onChange({ isQuiet: target.checked })}
      />
      {draft.isQuiet && (
        <div className="grid grid-cols-2 gap-4">
          <Field
            label={f.from24}
            type="time"
            required
            value={draft.from}
            onChange={({ target }) => onChange({ from: target.value })}
          />
          <Field
            label={f.until24}
            type="time"
            required
            value={draft.to}
            onChange={({ target }) => onChange({ to: target.value })}
          />
        </div>
      )}
    </>
  )
}
