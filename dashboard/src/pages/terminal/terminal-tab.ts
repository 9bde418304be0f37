import { TerminalClient } from '../../terminal/client.ts'
import { withModifiers } from '../../terminal/keys.ts'
import { readFolder, readTitle, type Saying } from '../../terminal/title.ts'
import { Emulator, type Shortcut } from './emulator.ts'
import { terminalTransport } from './terminal-transport.ts'

export type TabPurpose =
  | { kind: 'open'; target: string }
  /** `saying`: what its programs said before the page was reloaded. */
  | { kind: 'resume'; id: string; target: string; saying?: Saying | undefined }
  | { kind: 'watch'; id: string; target: string; user: string | null }

export interface TabEvents {
  changed(): void
  /** Whether the tab is the visible one. */
  isActive(tab: TerminalTab): boolean
  shortcut(name: Shortcut): void
  hiddenLink(address: string): void
}

let count = 0

/** A terminal of this page: its connection and its emulator. */
export class TerminalTab {
  readonly key = ++count
  readonly target: string
  /** The owner of a watched terminal; null for an own terminal. */
  readonly watchedUser: string | null
  readonly client: TerminalClient
  readonly emulator: Emulator
  saying: Saying = { title: '', folder: '' }
  hasSelection = false
  /** The bell rang while another tab was active. */
  hasRung = false
  /** Modifiers set by the touch keys for the next key. */
  modifiers = { ctrl: false, alt: false }
  readonly #events: TabEvents
  #isStarted = false

  constructor(purpose: TabPurpose, events: TabEvents) {
    this.target = purpose.target
    this.watchedUser = purpose.kind === 'watch' ? (purpose.user ?? '') : null
    this.#events = events
    if (purpose.kind === 'resume' && purpose.saying) this.saying = purpose.saying
    this.emulator = new Emulator(
      {
        input: (text) => this.type(text),
        resized: (cols, rows) => this.client.resize(cols, rows),
        titled: (text) => this.#say({ title: readTitle(text) }),
        moved: (address) => {
          const folder = readFolder(address)
          if (folder !== null) this.#say({ folder })
        },
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

  #set(change: Partial<Pick<TerminalTab, 'saying' | 'hasRung' | 'hasSelection' | 'modifiers'>>): void {
    Object.assign(this, change)
    this.#events.changed()
  }

  /** A program may say the same a thousand times per second. */
  #say(change: Partial<Saying>): void {
    const saying = { ...this.saying, ...change }
    const isNew = saying.title !== this.saying.title || saying.folder !== this.saying.folder
    if (isNew) this.#set({ saying })
  }

  /** Sends text as if typed. Applies the modifiers of the touch keys and releases them. */
  type(text: string): void {
    const { modifiers } = this
    const isOwnedHere = modifiers.ctrl || modifiers.alt
    this.client.input(isOwnedHere ? withModifiers(text, modifiers) : text)
    if (isOwnedHere) this.setModifiers({ ctrl: false, alt: false })
  }

  setModifiers(modifiers: TerminalTab['modifiers']): void {
    this.#set({ modifiers })
  }

  clearBell(): void {
    if (this.hasRung) this.#set({ hasRung: false })
  }

  /** Adds the emulator to the page and starts the connection. */
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
