import type { Terminal } from '@xterm/xterm'

/**
 * Scrolls with one finger, which xterm.js 6.0 does not support (https://github.com/xtermjs/xterm.js/issues/5489). A
 * full-screen program or one that tracks the mouse receives wheel events.
 */
export function scrollByTouch(host: HTMLElement, terminal: Terminal): void {
  let last: number | null = null
  let rest = 0

  const scroll = (lines: number, touch: Touch) => {
    if (terminal.buffer.active.type === 'normal' && terminal.modes.mouseTrackingMode === 'none') {
      terminal.scrollLines(lines)
      return
    }
    const { clientX, clientY } = touch
    const wheel = { deltaY: lines, deltaMode: WheelEvent.DOM_DELTA_LINE, clientX, clientY }
    terminal.element?.dispatchEvent(new WheelEvent('wheel', { ...wheel, bubbles: true, cancelable: true }))
  }

  host.addEventListener(
    'touchstart',
    ({ touches }) => {
      last = touches.length === 1 ? touches[0]!.clientY : null
      rest = 0
    },
    { passive: true }
  )
  host.addEventListener(
    'touchmove',
    ({ touches }) => {
      const touch = touches[0]!
      if (last === null || touches.length !== 1) return
      const height = host.clientHeight / terminal.rows
      rest += (last - touch.clientY) / height
      last = touch.clientY
      const lines = Math.trunc(rest)
      if (lines === 0) return
      rest -= lines
      scroll(lines, touch)
    },
    { passive: true }
  )
}
