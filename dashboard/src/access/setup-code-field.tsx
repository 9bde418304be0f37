import { t } from '../texts/index.ts'
import { Field } from '../ui/field.tsx'

/** The value of MONITOR_SETUP_CODE. If it is set, both choices of the first launch require it. */
export function SetupCodeField(props: { value: string; fault: string | null; onChange(value: string): void }) {
  const texts = t.access.create
  return (
    <Field
      label={texts.setupCode}
      hint={texts.setupCodeHint}
      name="setupCode"
      required
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      translate="no"
      value={props.value}
      fault={props.fault}
      onChange={(event) => props.onChange(event.target.value)}
    />
  )
}
