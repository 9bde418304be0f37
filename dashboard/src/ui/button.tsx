import type { ButtonHTMLAttributes, MouseEvent, ReactNode } from 'react'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { Shape } from './icon-shapes.ts'
import { Spinner } from './spinner.tsx'

const looks = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border-control/60 bg-surface text-text hover:bg-raised',
  quiet: 'border-transparent bg-transparent text-text hover:bg-raised',
  danger: 'border-bad/50 bg-surface text-bad hover:bg-bad-bg',
  /** Temporarily disabled, with text that must stay readable. */
  waiting: 'border-control/60 bg-raised text-text'
}

const sizes = {
  medium: 'min-h-10 px-4 text-[0.9375rem]',
  small: 'min-h-8 px-2.5 text-sm'
}

/** The classes of a button, for a link that looks like one. */
export const buttonClass = (look: keyof typeof looks = 'secondary', size: keyof typeof sizes = 'medium'): string =>
  cx(
    'inline-flex items-center justify-center gap-2 rounded-lg border font-medium no-underline transition-colors',
    look !== 'waiting' && 'disabled:opacity-60 aria-disabled:opacity-60',
    looks[look],
    sizes[size]
  )

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof looks
  size?: keyof typeof sizes
  icon?: Shape
  /** Shows progress and ignores further clicks. */
  isBusy?: boolean
  children?: ReactNode
}

/** A busy button is not disabled, so it keeps the keyboard focus. */
const held = (isBusy: boolean | undefined) =>
  isBusy && {
    'aria-busy': true,
    'aria-disabled': true,
    onClick: (event: MouseEvent) => event.preventDefault()
  }

export function Button({ look, size, icon, isBusy, children, className, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} {...held(isBusy)} className={cx(buttonClass(look, size), className)}>
      {isBusy ? <Spinner /> : icon && <Icon shape={icon} />}
      {children}
    </button>
  )
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  icon: Shape
  /** The accessible name and the tooltip. */
  label: string
}

export function IconButton({ icon, label, look = 'quiet', isBusy, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      {...held(isBusy)}
      aria-label={label}
      className={cx(
        'inline-flex size-10 shrink-0 items-center justify-center rounded-lg border transition-colors disabled:opacity-60',
        looks[look],
        className
      )}
    >
      {isBusy ? <Spinner /> : <Icon shape={icon} />}
    </button>
  )
}
