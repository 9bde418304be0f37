import { TerminalClient } from '../../terminal/client.ts'
import { withModifiers } from '../../terminal/keys.ts'
import { door } from './door.ts'
import { Emulator, type Shortcut } from './emulator.ts'

export type SlotPurpose =
  | { kind: 'open'; target: string }
  | { kind: 'resume'; id: string; target: string }
  | { kind: 'watch'; id: string; target: string; user: string | null }

export interface SlotEvents {
  changed(): void
  /** Whether somebody looks at it. */
  isActive(slot: Slot): boolean
  shortcut(name: Shortcut): void
  hiddenLink(address: string): void
}

const LONGEST_TITLE = 100

let count = 0

/** One of the terminals of this page: its connection, and what shows it. */
export class Slot {
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
  readonly #events: SlotEvents
  #isStarted = false

  constructor(purpose: SlotPurpose, events: SlotEvents) {
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
    this.client = new TerminalClient({ door, screen: this.emulator, purpose, onChange: events.changed })
  }

  #set(change: Partial<Pick<Slot, 'title' | 'hasRung' | 'hasSelection' | 'modifiers'>>): void {
    Object.assign(this, change)
    this.#events.changed()
  }

  /** As from a keyboard: what the keys on the screen hold goes with it, and is let go. */
  type(text: string): void {
    const { modifiers } = this
    const isHeld = modifiers.ctrl || modifiers.alt
    this.client.input(isHeld ? withModifiers(text, modifiers) : text)
    if (isHeld) this.setModifiers({ ctrl: false, alt: false })
  }

  setModifiers(modifiers: Slot['modifiers']): void {
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
