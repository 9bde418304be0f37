import { t } from '../texts/index.ts'
import { Field } from '../ui/field.tsx'

interface SetupCodeFieldProps {
  isOfTenant?: boolean
  value: string
  fault: string | null
  onChange(value: string): void
}

/**
 * The value of MONITOR_SETUP_CODE: if it is set, both choices of the first launch require it. A tenant's first launch
 * requires the code that its operator received.
 */
export function SetupCodeField(props: SetupCodeFieldProps) {
  const texts = t.access.create
  return (
    <Field
      label={texts.setupCode}
      hint={props.isOfTenant ? texts.tenantCodeHint : texts.setupCodeHint}
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
