import * as Radix from '@radix-ui/react-dialog'
import { type FocusEvent, type ReactNode, useRef } from 'react'
import { t } from '../texts/index.ts'
import { IconButton } from './button.tsx'
import { cx } from './class-names.ts'
import { xIcon } from './icon-shapes.ts'

export interface DialogProps {
  isOpen: boolean
  /** Escape, the cross, a click beside it. */
  onClose(): void
  title: string
  /** One sentence below the title, read out with it. */
  lead?: ReactNode
  size?: 'small' | 'medium' | 'large'
  /** False: it goes only by its own buttons, for what must not be lost by a slip. */
  isDismissable?: boolean
  /** Puts the focus where it belongs after it; false: where it was before. */
  onFocusBack?: (() => boolean) | undefined
  children: ReactNode
}

const widths = { small: 'max-w-md', medium: 'max-w-xl', large: 'max-w-4xl' }

/** The item of a menu goes with it; the button that opened the menu stays. */
const lasting = (element: HTMLElement): HTMLElement | null => {
  const menu = element.closest('[role="menu"]')
  return menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : element
}

/** A dialog below the one that closed, else the page: where the focus goes when what had it is gone. */
const remaining = (): HTMLElement | null =>
  [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].at(-1) ?? document.getElementById('main')

export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, lead, size = 'small', isDismissable = true, onFocusBack, children } = props
  const keep = (event: Event) => {
    if (!isDismissable) event.preventDefault()
  }
  // Radix gives the focus back to a Trigger of its own, and there is none.
  const cameFrom = useRef<HTMLElement | null>(null)
  const onFocus = ({ currentTarget, target, relatedTarget }: FocusEvent) => {
    const isEntered = currentTarget.contains(target) && !currentTarget.contains(relatedTarget)
    if (isEntered && relatedTarget instanceof HTMLElement) cameFrom.current = lasting(relatedTarget)
  }
  const giveBack = () => {
    if (onFocusBack?.()) return
    cameFrom.current?.focus()
    if (document.activeElement === document.body) remaining()?.focus({ preventScroll: true })
  }
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 grid grid-cols-[minmax(0,1fr)] place-items-center overflow-y-auto bg-overlay p-4">
          <Radix.Content
            onEscapeKeyDown={keep}
            onInteractOutside={keep}
            onFocus={onFocus}
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              giveBack()
            }}
            {...(!lead && { 'aria-describedby': undefined })}
            className={cx(
              'relative flex w-full flex-col gap-4 rounded-2xl border bg-surface p-6 shadow-float',
              widths[size]
            )}
          >
            <div className="flex flex-col gap-1.5">
              <Radix.Title className={cx('text-lg font-semibold text-balance', isDismissable && 'pr-9')}>
                {title}
              </Radix.Title>
              {lead && <Radix.Description className="text-[0.9375rem] text-muted">{lead}</Radix.Description>}
            </div>
            {children}
            {isDismissable && (
              <Radix.Close asChild>
                <IconButton icon={xIcon} label={t.ui.close} className="absolute top-4 right-4" />
              </Radix.Close>
            )}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The row of buttons at a dialog's end; the one that does it stands last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 pt-1">{children}</div>
}
