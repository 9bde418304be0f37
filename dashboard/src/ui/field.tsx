import { type InputHTMLAttributes, type ReactNode, type Ref, useId, useState } from 'react'
import { t } from '../texts/index.ts'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'
import { circleAlertIcon, eyeIcon, eyeOffIcon } from './icon-shapes.ts'

/** The classes of an input outside a Field. */
export const inputClass =
  'min-h-10 w-full rounded-lg border border-control bg-surface px-3 text-text placeholder:text-muted ' +
  'aria-invalid:border-bad disabled:bg-raised'

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {
  label: string
  hint?: ReactNode
  /** The validation error; null or empty if valid. */
  fault?: string | null
  isOptional?: boolean
  /** Additional classes for the input itself. */
  inputClassName?: string
  inputRef?: Ref<HTMLInputElement>
  /** Shown below the input and announced with it. */
  children?: ReactNode
}

/** An input with its label, hint and error. A password can be shown. */
export function Field(props: FieldProps) {
  const {
    label,
    hint,
    fault,
    isOptional,
    inputRef,
    inputClassName,
    children,
    type = 'text',
    className,
    ...rest
  } = props
  const id = useId()
  const [isShown, setShown] = useState(false)
  const isPassword = type === 'password'
  const describedBy = cx(hint ? `${id}-hint` : null, children ? `${id}-more` : null, fault && `${id}-fault`)
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-2 text-sm font-medium">
        <label htmlFor={id}>{label}</label>
        {isOptional && <span className="text-xs font-normal text-muted">{t.ui.optional}</span>}
      </div>
      <div className="relative">
        <input
          {...rest}
          id={id}
          ref={inputRef}
          type={isPassword && isShown ? 'text' : type}
          aria-invalid={fault ? true : rest['aria-invalid']}
          aria-describedby={describedBy || undefined}
          className={cx(inputClass, isPassword && 'pr-11', inputClassName)}
          {...(isPassword && { autoCapitalize: 'none', spellCheck: false, autoCorrect: 'off', translate: 'no' })}
        />
        {isPassword && (
          <button
            type="button"
            aria-label={isShown ? t.ui.hideOf(label) : t.ui.showOf(label)}
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
            className="absolute inset-y-0 right-0 flex w-10 items-center justify-center rounded-lg text-muted hover:text-text"
          >
            <Icon shape={isShown ? eyeOffIcon : eyeIcon} />
          </button>
        )}
      </div>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {children && <div id={`${id}-more`}>{children}</div>}
      {fault && (
        <p id={`${id}-fault`} className="flex items-start gap-1.5 text-sm text-bad">
          <Icon shape={circleAlertIcon} className="mt-0.5 size-4" />
          {fault}
        </p>
      )}
    </div>
  )
}

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'id'> {
  label: ReactNode
  hint?: ReactNode
}

export function Checkbox({ label, hint, ...rest }: CheckboxProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-3">
      <input
        {...rest}
        type="checkbox"
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-1 size-4 shrink-0 accent-accent"
      />
      <div className="flex flex-col gap-0.5">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
