import { Field, type FieldProps } from './field.tsx'

interface NameFieldProps extends Pick<FieldProps, 'label' | 'hint' | 'placeholder' | 'fault'> {
  value: string
  onChange(value: string): void
}

/** The name that a user gives to something, at the top of its form. The API takes 64 characters. */
export const NameField = ({ onChange, ...props }: NameFieldProps) => (
  <Field
    {...props}
    required
    autoFocus
    autoComplete="off"
    translate="no"
    maxLength={64}
    onChange={({ target }) => onChange(target.value)}
  />
)
