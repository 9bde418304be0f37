import { type ReactNode, type SelectHTMLAttributes, useId } from 'react'
import { cx } from './class-names.ts'
import { inputClass } from './field.tsx'

export interface SelectProps<T extends string> extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> {
  label: string
  hint?: ReactNode
  value: T
  onChange(value: T): void
  options: readonly { value: T; label: string; isDisabled?: boolean }[]
}

/** A selection list with the browser's native control, which works well on phones. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, hint, value, onChange, options, className, ...rest } = props
  const id = useId()
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        {...rest}
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={cx(inputClass, 'cursor-pointer')}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isDisabled}>
            {option.label}
          </option>
        ))}
      </select>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}
