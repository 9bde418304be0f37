import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react'
import { bytesOfKey, type TouchKey } from '../../terminal/keys.ts'
import { t } from '../../texts/index.ts'
import { lookUp } from '../../texts/look-up.ts'
import { cx } from '../../ui/class-names.ts'
import type { TerminalTab } from './terminal-tab.ts'

const REPEAT_AFTER_MS = 400
const REPEAT_EVERY_MS = 60

const first: TouchKey[] = ['Escape', 'Tab']
const rest: TouchKey[] = ['Left', 'Down', 'Up', 'Right', 'Home', 'End', 'PageUp', 'PageDown']
const signs = ['|', '/', '-', '~']

const keyClass =
  'flex min-h-10 min-w-11 shrink-0 items-center justify-center rounded-lg border bg-surface px-2 text-sm font-medium ' +
  'touch-manipulation select-none active:bg-raised'

/** Keeps the on-screen keyboard open when a touch key is pressed. */
const keepFocus = (event: PointerEvent) => event.preventDefault()

/** Keys that a phone's keyboard lacks. Ctrl and Alt apply to the next key. Shown for touch input and in narrow windows. */
export function TouchKeys({ tab }: { tab: TerminalTab }) {
  const { modifiers } = tab
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const hasRepeated = useRef(false)
  const stop = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])

  const send = (key: TouchKey) => {
    const { terminal } = tab.emulator
    tab.client.input(bytesOfKey(key, tab.modifiers, terminal.modes.applicationCursorKeysMode))
    if (tab.modifiers.ctrl || tab.modifiers.alt) tab.setModifiers({ ctrl: false, alt: false })
    terminal.scrollToBottom()
  }
  const hold = (key: TouchKey) => (event: PointerEvent) => {
    keepFocus(event)
    hasRepeated.current = false
    const repeat = (afterMs: number) => {
      timer.current = setTimeout(() => {
        hasRepeated.current = true
        send(key)
        repeat(REPEAT_EVERY_MS)
      }, afterMs)
    }
    stop()
    repeat(REPEAT_AFTER_MS)
  }
  // A repeated key was already sent when the pointer is released. Clicks from a keyboard have no detail.
  const click = (key: TouchKey) => (event: MouseEvent) => {
    if (event.detail === 0 || !hasRepeated.current) send(key)
  }
  const typeSign = (sign: string) => {
    tab.type(sign)
    tab.emulator.terminal.scrollToBottom()
  }
  const button = (key: TouchKey) => (
    <button
      key={key}
      type="button"
      aria-label={lookUp(t.terminal.keyNames, key)}
      onPointerDown={hold(key)}
      onPointerUp={stop}
      onPointerLeave={stop}
      onPointerCancel={stop}
      onClick={click(key)}
      className={keyClass}
    >
      {t.terminal.keyLabels[key]}
    </button>
  )
  const modifier = (name: 'ctrl' | 'alt') => (
    <button
      type="button"
      aria-pressed={modifiers[name]}
      onPointerDown={keepFocus}
      onClick={() => tab.setModifiers({ ...modifiers, [name]: !modifiers[name] })}
      className={cx(keyClass, modifiers[name] && 'border-accent bg-accent-bg text-accent')}
    >
      {t.terminal[name]}
    </button>
  )
  return (
    <div
      role="toolbar"
      aria-label={t.terminal.keys}
      className="hidden gap-1 overflow-x-auto p-1 max-sm:flex pointer-coarse:flex"
    >
      {first.map(button)}
      {modifier('ctrl')}
      {modifier('alt')}
      {rest.map(button)}
      {signs.map((sign) => (
        <button key={sign} type="button" onPointerDown={keepFocus} onClick={() => typeSign(sign)} className={keyClass}>
          {sign}
        </button>
      ))}
    </div>
  )
}
