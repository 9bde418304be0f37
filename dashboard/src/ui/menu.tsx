import * as Radix from '@radix-ui/react-dropdown-menu'
import { type ReactNode, useRef } from 'react'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'
import { checkIcon, type Shape } from './icon-shapes.ts'

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactNode
  align?: 'start' | 'end'
  /** Sets the focus after closing instead of on the button. Returns false to focus the button. */
  onFocusBack?: () => boolean
  children: ReactNode
}

export function Menu({ trigger, align = 'end', onFocusBack, children }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger ref={button} asChild>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            // Unless the chosen item has moved the focus to a page or a dialog.
            event.preventDefault()
            if (document.activeElement !== document.body || onFocusBack?.()) return
            button.current?.focus({ preventScroll: true })
          }}
          className="z-30 min-w-56 rounded-xl border bg-surface p-1.5 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

const itemClass =
  'flex min-h-10 w-full items-center gap-3 rounded-lg px-2.5 text-sm text-text no-underline outline-none ' +
  'data-highlighted:bg-raised data-disabled:opacity-60 cursor-pointer'

export interface MenuItemProps {
  icon?: Shape
  onSelect?: () => void
  /** Renders the item as a link. */
  href?: string
  isDanger?: boolean
  isDisabled?: boolean
  children: ReactNode
}

export function MenuItem({ icon, onSelect, href, isDanger, isDisabled, children }: MenuItemProps) {
  const inner = (
    <>
      {icon && <Icon shape={icon} className={isDanger ? undefined : 'text-muted'} />}
      {children}
    </>
  )
  return (
    <Radix.Item
      asChild={href !== undefined}
      disabled={isDisabled ?? false}
      onSelect={() => onSelect?.()}
      className={cx(itemClass, isDanger && 'text-bad')}
    >
      {href === undefined ? inner : <a href={href}>{inner}</a>}
    </Radix.Item>
  )
}

export interface MenuChoiceProps<T extends string> {
  label: string
  value: T
  onChange(value: T): void
  /** `lang` is the language of a label in another language. */
  options: readonly { value: T; label: string; icon?: Shape; lang?: string }[]
}

/** A choice of a few options in a menu. */
export function MenuChoice<T extends string>({ label, value, onChange, options }: MenuChoiceProps<T>) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as T)} aria-label={label}>
      <Radix.Label className="px-2.5 pt-1.5 pb-1 text-xs font-medium text-muted">{label}</Radix.Label>
      {options.map((option) => (
        <Radix.RadioItem
          key={option.value}
          value={option.value}
          onSelect={(event) => event.preventDefault()}
          className={itemClass}
        >
          {option.icon && <Icon shape={option.icon} className="text-muted" />}
          <span lang={option.lang} className="flex-1">
            {option.label}
          </span>
          <Radix.ItemIndicator>
            <Icon shape={checkIcon} className="text-accent" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1.5 h-px bg-line" />
}

/** Text in a menu that cannot be selected. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2.5 py-2 text-sm">{children}</Radix.Label>
}
