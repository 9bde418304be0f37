import { useId } from 'react'

export interface ChoiceProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange(value: T): void
}

/** A choice of a few visible options. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const name = useId()
  return (
    <fieldset className="inline-flex flex-wrap rounded-lg border bg-raised p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={
            'flex min-h-8 items-center rounded-md px-2.5 text-sm font-medium text-muted has-checked:bg-surface ' +
            'has-checked:text-text has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent'
          }
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
