import { type ReactNode, useId } from 'react'
import { cx } from '../../../ui/class-names.ts'
import { Icon } from '../../../ui/icon.tsx'
import { circleAlertIcon } from '../../../ui/icon-shapes.ts'

export interface Option<T extends string> {
  value: T
  label: ReactNode
  /** Shown below the label. */
  text?: ReactNode
  /** Shown to the right of the label. */
  badge?: ReactNode
  isDisabled?: boolean
}

interface OptionListProps<T extends string> {
  label: string
  hint?: string
  value: string
  options: readonly Option<T>[]
  fault?: string | undefined
  onChange(value: T): void
}

/** A choice of a few options that need some words each. */
export function OptionList<T extends string>({ label, hint, value, options, fault, onChange }: OptionListProps<T>) {
  const id = useId()
  const describedBy = cx(hint && `${id}-hint`, fault && `${id}-fault`)
  return (
    <div
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy || undefined}
      aria-invalid={fault ? true : undefined}
      tabIndex={-1}
      className="flex flex-col gap-2 outline-none"
    >
      <p id={`${id}-label`} className="text-sm font-medium">
        {label}
      </p>
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            'flex items-start gap-3 rounded-lg border px-3.5 py-2.5 text-sm has-checked:border-accent has-checked:bg-accent-bg',
            option.isDisabled ? 'bg-raised text-muted' : 'cursor-pointer'
          )}
        >
          <input
            type="radio"
            name={id}
            value={option.value}
            checked={option.value === value}
            disabled={option.isDisabled}
            onChange={() => onChange(option.value)}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span className="flex min-w-0 flex-1 flex-col gap-0.5">
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
              {option.label} {option.badge}
            </span>
            {option.text && <span className="text-muted">{option.text}</span>}
          </span>
        </label>
      ))}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {fault && (
        <p id={`${id}-fault`} className="flex items-start gap-1.5 text-sm text-bad">
          <Icon shape={circleAlertIcon} className="mt-0.5 size-4" />
          {fault}
        </p>
      )}
    </div>
  )
}
