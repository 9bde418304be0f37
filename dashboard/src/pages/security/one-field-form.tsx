import { type FormEvent, useState } from 'react'
import { useAction } from '../../data/use-action.ts'
import { Field, type FieldProps } from '../../ui/field.tsx'
import { focusFault } from '../../ui/focus-fault.ts'
import { FormActions } from '../../ui/form-actions.tsx'

interface OneFieldFormProps {
  field: Pick<FieldProps, 'label' | 'maxLength' | 'spellCheck' | 'autoCapitalize'>
  initial: string
  verb: string
  look?: 'primary' | 'danger'
  /** Null if the value is valid. */
  faultOf(value: string): string | null
  act(value: string): Promise<unknown>
  onClose(): void
}

/** The form of a dialog with a single field. */
export function OneFieldForm({ field, initial, verb, look = 'primary', faultOf, act, onClose }: OneFieldFormProps) {
  const [value, setValue] = useState(initial)
  const [fault, setFault] = useState<string | null>(null)
  const submit = useAction(async () => {
    await act(value.trim())
    onClose()
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const found = faultOf(value.trim())
    setFault(found)
    if (found === null) void submit.run()
    else focusFault(event.currentTarget)
  }
  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      <Field
        {...field}
        required
        autoFocus
        autoComplete="off"
        translate="no"
        value={value}
        fault={fault}
        onChange={(event) => setValue(event.target.value)}
      />
      <FormActions action={submit} onClose={onClose} look={look}>
        {verb}
      </FormActions>
    </form>
  )
}
