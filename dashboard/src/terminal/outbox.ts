import { PIECE_BYTES } from './protocol.ts'

const LOOK_AGAIN_MS = 15
const PASTE_END = '\x1b[201~'
const INTERRUPT = '\x03'

export interface OutboxOptions {
  send(bytes: Uint8Array<ArrayBuffer>): void
  /** Bytes that were sent and have not left yet. */
  buffered(): number
  /** A paste has begun, got on or come to its end. */
  onChange(): void
}

/** What is typed and pasted, on its way out: keys at once, a large paste in pieces and only as fast as it is taken. */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #encoder = new TextEncoder()
  #waiting: Uint8Array<ArrayBuffer>[] = []
  #isBracketed = false
  #isFull = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Bytes of the paste that is on its way: how many there are, and how many have left. Null while there is none. */
  progress: { bytes: number; sent: number } | null = null

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  push(text: string) {
    // Whoever interrupts does not want the rest.
    if (text === INTERRUPT && this.progress) this.cancel()
    const bytes = this.#encoder.encode(text)
    if (!this.progress && bytes.length <= PIECE_BYTES) return this.#options.send(bytes)
    this.#waiting.push(bytes)
    this.#isBracketed ||= text.endsWith(PASTE_END)
    this.progress ??= { bytes: 0, sent: 0 }
    this.progress.bytes += bytes.length
    this.#pump()
  }

  /** The server asks to hold on, or to go on. */
  hold(isFull: boolean): void {
    this.#isFull = isFull
    if (!isFull) this.#pump()
  }

  /** Lets the rest of a paste go. A program that was told that one begins is told that it ends. */
  cancel(): void {
    if (this.drop() === 'bracketed') this.endPaste()
  }

  endPaste(): void {
    this.#options.send(this.#encoder.encode(PASTE_END))
  }

  /** Lets go what waits, where there is nobody to send it to. What kind of a paste it was, or null. */
  drop(): 'bracketed' | 'plain' | null {
    clearTimeout(this.#timer)
    const kind = this.progress && (this.#isBracketed ? 'bracketed' : 'plain')
    this.#waiting = []
    this.#isFull = false
    this.#isBracketed = false
    this.progress = null
    if (kind) this.#options.onChange()
    return kind
  }

  #pump = () => {
    clearTimeout(this.#timer)
    if (!this.progress) return
    if (this.#isFull || this.#options.buffered() > 0) return this.#plan(LOOK_AGAIN_MS)
    const [first] = this.#waiting
    if (!first) {
      this.#isBracketed = false
      this.progress = null
      return this.#options.onChange()
    }
    const piece = first.subarray(0, PIECE_BYTES)
    if (piece.length < first.length) this.#waiting[0] = first.subarray(PIECE_BYTES)
    else this.#waiting.shift()
    this.#options.send(piece)
    this.progress.sent += piece.length
    this.#options.onChange()
    // Not before what has arrived meanwhile was looked at.
    this.#plan(0)
  }

  #plan(ms: number): void {
    this.#timer = setTimeout(this.#pump, ms)
  }
}
