import { t } from '../texts/index.ts'
import { Field } from '../ui/field.tsx'

/** MONITOR_SETUP_CODE, which every way out of the first launch asks for where it is set. */
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
