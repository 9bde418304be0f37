import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import type { Screen } from '../../terminal/client.ts'
import { t } from '../../texts/index.ts'
import { followTheme } from './palettes.ts'
import { getPreferences, subscribePreferences } from './preferences.ts'
import { scrollByTouch } from './touch-scroll.ts'

export interface EmulatorEvents {
  /** Typed or pasted text, or a reply of the emulator itself. */
  input(text: string): void
  resized(cols: number, rows: number): void
  /** OSC 0 or 2. */
  titled(text: string): void
  /** OSC 7. */
  moved(address: string): void
  belled(): void
  selected(hasSelection: boolean): void
  /** A link whose text may differ from its address. */
  hiddenLink(address: string): void
  /** A key that the page handles instead of the shell. */
  shortcut(name: Shortcut): void
}

export type Shortcut = 'leave' | 'search' | 'copy'

const FIT_AFTER_MS = 80
const SCROLLBACK = 5000
const shortcuts: Record<string, Shortcut> = { Period: 'leave', KeyF: 'search', KeyC: 'copy' }

Terminal.strings.promptLabel = t.terminal.input
Terminal.strings.tooMuchOutput = t.terminal.tooMuchOutput

/** Opens an address from a terminal in a new page without an opener. */
export function openAddress(address: string): void {
  if (/^https?:\/\//i.test(address)) window.open(address, '_blank', 'noopener,noreferrer')
}

/** xterm.js in its own element, which is kept when the user changes the page. */
export class Emulator implements Screen {
  readonly host = document.createElement('div')
  readonly terminal: Terminal
  readonly search = new SearchAddon({ highlightLimit: 1000 })
  readonly #fit = new FitAddon()
  readonly #events: EmulatorEvents
  readonly #isFollowing: boolean
  readonly #stops: (() => void)[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #isOpen = false

  /** `isFollowing`: read-only; another client sets the size. */
  constructor(events: EmulatorEvents, isFollowing = false) {
    this.#events = events
    this.#isFollowing = isFollowing
    this.host.translate = false
    // Phones zoom into fields with smaller text. One finger scrolls the terminal, two fingers scroll the page.
    this.host.className = `[&_textarea]:text-base touch-pinch-zoom ${isFollowing ? 'size-fit' : 'size-full'}`
    const { fontSize, isForScreenReaders } = getPreferences()
    const terminal = new Terminal({
      allowProposedApi: true,
      disableStdin: isFollowing,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono') || 'monospace',
      fontSize,
      screenReaderMode: isForScreenReaders,
      scrollback: SCROLLBACK,
      minimumContrastRatio: 4.5,
      macOptionIsMeta: true,
      cursorBlink: !isFollowing && !matchMedia('(prefers-reduced-motion: reduce)').matches,
      linkHandler: { activate: (_event, address) => events.hiddenLink(address) }
    })
    this.terminal = terminal
    terminal.loadAddon(this.#fit)
    terminal.loadAddon(this.search)
    terminal.loadAddon(new WebLinksAddon((_event, address) => openAddress(address)))
    terminal.loadAddon(new Unicode11Addon())
    terminal.unicode.activeVersion = '11'
    terminal.onData(events.input)
    terminal.onBinary(events.input)
    terminal.onResize(({ cols, rows }) => events.resized(cols, rows))
    terminal.onTitleChange(events.titled)
    terminal.parser.registerOscHandler(7, (address) => {
      events.moved(address)
      return true
    })
    terminal.onBell(events.belled)
    terminal.onSelectionChange(() => events.selected(terminal.hasSelection()))
    terminal.attachCustomKeyEventHandler((event) => this.#isForShell(event))
  }

  #isForShell(event: KeyboardEvent): boolean {
    const shortcut = event.ctrlKey && event.shiftKey && !event.altKey ? shortcuts[event.code] : undefined
    if (!shortcut) return true
    event.preventDefault()
    if (event.type === 'keydown') this.#events.shortcut(shortcut)
    return false
  }

  /** Call it once, after its element was added to the page. Before that, it has no size. */
  open() {
    if (this.#isOpen) return this.fit()
    this.#isOpen = true
    const { terminal } = this
    terminal.open(this.host)
    if (!this.#isFollowing) scrollByTouch(this.host, terminal)
    terminal.textarea?.setAttribute('aria-keyshortcuts', 'Control+Shift+.')
    this.#stops.push(
      followTheme((palette) => {
        terminal.options.theme = palette
      }),
      subscribePreferences(() => {
        const { fontSize, isForScreenReaders } = getPreferences()
        terminal.options.fontSize = fontSize
        terminal.options.screenReaderMode = isForScreenReaders
        this.fit()
      })
    )
    const observer = new ResizeObserver(() => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.fit(), FIT_AFTER_MS)
    })
    observer.observe(this.host)
    this.#stops.push(() => observer.disconnect())
    this.fit()
  }

  /** Fits the columns and rows to the available space. */
  fit(): void {
    if (this.#isFollowing || !this.host.isConnected || this.host.clientWidth === 0) return
    const size = this.#fit.proposeDimensions()
    if (!size || Number.isNaN(size.cols) || Number.isNaN(size.rows)) return
    this.terminal.resize(Math.min(1000, Math.max(2, size.cols)), Math.min(1000, Math.max(1, size.rows)))
  }

  write(bytes: Uint8Array, taken: () => void): void {
    this.terminal.write(bytes, taken)
  }

  size = () => ({ cols: this.terminal.cols, rows: this.terminal.rows })

  follow(cols: number, rows: number): void {
    this.terminal.resize(cols, rows)
  }

  focus(): void {
    this.terminal.focus()
  }

  dispose(): void {
    clearTimeout(this.#timer)
    for (const stop of this.#stops) stop()
    this.terminal.dispose()
    this.host.remove()
  }
}
