import { TerminalClient } from '../../terminal/client.ts'
import { withModifiers } from '../../terminal/keys.ts'
import { Emulator, type Shortcut } from './emulator.ts'
import { terminalTransport } from './terminal-transport.ts'

export type TabPurpose =
  | { kind: 'open'; target: string }
  | { kind: 'resume'; id: string; target: string }
  | { kind: 'watch'; id: string; target: string; user: string | null }

export interface TabEvents {
  changed(): void
  /** Whether somebody looks at it. */
  isActive(tab: TerminalTab): boolean
  shortcut(name: Shortcut): void
  hiddenLink(address: string): void
}

const LONGEST_TITLE = 100

let count = 0

/** One of the terminals of this page: its connection, and what shows it. */
export class TerminalTab {
  readonly key = ++count
  readonly target: string
  /** Whose it is, for who watches. */
  readonly watchedUser: string | null
  readonly client: TerminalClient
  readonly emulator: Emulator
  title = ''
  hasSelection = false
  /** Its bell rang while somebody looked elsewhere. */
  hasRung = false
  /** Held by the keys on the screen until the next key. */
  modifiers = { ctrl: false, alt: false }
  readonly #events: TabEvents
  #isStarted = false

  constructor(purpose: TabPurpose, events: TabEvents) {
    this.target = purpose.target
    this.watchedUser = purpose.kind === 'watch' ? (purpose.user ?? '') : null
    this.#events = events
    this.emulator = new Emulator(
      {
        input: (text) => this.type(text),
        resized: (cols, rows) => this.client.resize(cols, rows),
        titled: (title) => this.#set({ title: title.slice(0, LONGEST_TITLE) }),
        belled: () => {
          if (!this.hasRung && !events.isActive(this)) this.#set({ hasRung: true })
        },
        selected: (hasSelection) => this.#set({ hasSelection }),
        hiddenLink: events.hiddenLink,
        shortcut: events.shortcut
      },
      purpose.kind === 'watch'
    )
    this.client = new TerminalClient({
      transport: terminalTransport,
      screen: this.emulator,
      purpose,
      onChange: events.changed
    })
  }

  #set(change: Partial<Pick<TerminalTab, 'title' | 'hasRung' | 'hasSelection' | 'modifiers'>>): void {
    Object.assign(this, change)
    this.#events.changed()
  }

  /** As from a keyboard: what the keys on the screen hold goes with it, and is let go. */
  type(text: string): void {
    const { modifiers } = this
    const isOwnedHere = modifiers.ctrl || modifiers.alt
    this.client.input(isOwnedHere ? withModifiers(text, modifiers) : text)
    if (isOwnedHere) this.setModifiers({ ctrl: false, alt: false })
  }

  setModifiers(modifiers: TerminalTab['modifiers']): void {
    this.#set({ modifiers })
  }

  heard(): void {
    if (this.hasRung) this.#set({ hasRung: false })
  }

  /** Its element stands in the page. */
  mount(place: HTMLElement): void {
    place.append(this.emulator.host)
    this.emulator.open()
    if (this.#isStarted) return
    this.#isStarted = true
    this.client.start()
  }

  dispose(): void {
    this.client.leave()
    this.emulator.dispose()
  }
}
