import { PIECE_BYTES } from './protocol.ts'

const LOOK_AGAIN_MS = 15
const PASTE_END = '\x1b[201~'
const INTERRUPT = '\x03'

export interface OutboxOptions {
  send(bytes: Uint8Array<ArrayBuffer>): void
  /** Bytes sent but still buffered by the browser. */
  buffered(): number
  /** Called when a paste starts, progresses or ends. */
  onChange(): void
}

/** The outgoing input: keys are sent immediately, a large paste in pieces with back-pressure. */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #encoder = new TextEncoder()
  #waiting: Uint8Array<ArrayBuffer>[] = []
  #isBracketed = false
  #isPaused = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The total and sent bytes of the current paste; null without a paste. */
  progress: { bytes: number; sent: number } | null = null

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  push(text: string) {
    // Ctrl+C cancels the rest of the paste.
    if (text === INTERRUPT && this.progress) this.cancel()
    const bytes = this.#encoder.encode(text)
    if (!this.progress && bytes.length <= PIECE_BYTES) return this.#options.send(bytes)
    this.#waiting.push(bytes)
    this.#isBracketed ||= text.endsWith(PASTE_END)
    this.progress ??= { bytes: 0, sent: 0 }
    this.progress.bytes += bytes.length
    this.#pump()
  }

  /** The server pauses or resumes the input. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused
    if (!isPaused) this.#pump()
  }

  /** Cancels the rest of a paste. A bracketed paste gets its end sequence. */
  cancel(): void {
    if (this.discard() === 'bracketed') this.endPaste()
  }

  endPaste(): void {
    this.#options.send(this.#encoder.encode(PASTE_END))
  }

  /** Discards the queue, for a closed connection. Returns the kind of the current paste, or null. */
  discard(): 'bracketed' | 'plain' | null {
    clearTimeout(this.#timer)
    const kind = this.progress && (this.#isBracketed ? 'bracketed' : 'plain')
    this.#waiting = []
    this.#isPaused = false
    this.#isBracketed = false
    this.progress = null
    if (kind) this.#options.onChange()
    return kind
  }

  #pump = () => {
    clearTimeout(this.#timer)
    if (!this.progress) return
    if (this.#isPaused || this.#options.buffered() > 0) return this.#plan(LOOK_AGAIN_MS)
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
    // Lets pending incoming messages be handled first.
    this.#plan(0)
  }

  #plan(ms: number): void {
    this.#timer = setTimeout(this.#pump, ms)
  }
}
