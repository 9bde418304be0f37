import * as Radix from '@radix-ui/react-dialog'
import { type FocusEvent, type ReactNode, useRef } from 'react'
import { t } from '../texts/index.ts'
import { useBackCloses } from './back-closes.ts'
import { IconButton } from './button.tsx'
import { cx } from './class-names.ts'
import { xIcon } from './icon-shapes.ts'

export interface DialogProps {
  isOpen: boolean
  /** Called for Escape, Back, the close button and a click outside. */
  onClose(): void
  title: string
  /** One sentence below the title, announced with it. */
  lead?: ReactNode
  size?: 'small' | 'medium' | 'large'
  /** False: only its own buttons close it, for content that must not be lost by accident. */
  isDismissable?: boolean
  /** Sets the focus after closing. Returns false to restore the previous focus. */
  onFocusBack?: (() => boolean) | undefined
  children: ReactNode
}

const widths = { small: 'max-w-md', medium: 'max-w-xl', large: 'max-w-4xl' }

/** A menu item is removed with its menu, so the focus returns to the button that opened the menu. */
const lasting = (element: HTMLElement): HTMLElement | null => {
  const menu = element.closest('[role="menu"]')
  return menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : element
}

/** Where the focus goes if the focused element is gone: a dialog below, otherwise the page. */
const remaining = (): HTMLElement | null =>
  [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].at(-1) ?? document.getElementById('main')

export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, lead, size = 'small', isDismissable = true, onFocusBack, children } = props
  useBackCloses(isOpen, () => isDismissable && onClose())
  const keep = (event: Event) => {
    if (!isDismissable) event.preventDefault()
  }
  // Radix returns the focus to its own Trigger, which this dialog does not use.
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

/** The row of buttons at the end of a dialog, the main action last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 pt-1">{children}</div>
}
