import { ACKNOWLEDGE_BYTES } from './protocol.ts'

const ACKNOWLEDGE_AFTER_MS = 100

export interface StreamOptions {
  /** Shows bytes, and says when they were taken. */
  show(bytes: Uint8Array, taken: () => void): void
  acknowledge(position: number): void
}

/** The bytes of a terminal by their positions, over all its connections: each is shown once, and then acknowledged. */
export class Stream {
  readonly #options: StreamOptions
  /** Of the next byte to come on this connection. */
  #next = 0
  #acknowledged = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Bytes before this position are a replay. */
  #live = 0
  /** All bytes before this position were shown, or are about to be. */
  received = 0
  /** All bytes before this position were taken. */
  taken = 0

  constructor(options: StreamOptions) {
    this.#options = options
  }

  /** A connection begins at `position`; how many bytes before it never came. */
  begin(position: number, live: number): number {
    this.stop()
    const gone = Math.max(0, position - this.received)
    this.#next = position
    this.#acknowledged = position
    if (gone > 0) {
      this.received = position
      this.taken = position
    }
    // What was received and is not shown yet has been answered by nobody.
    this.#live = live > this.received ? live : 0
    return gone
  }

  /** Whether the emulator is at what it has shown to somebody before, here or elsewhere. */
  isReplaying = (): boolean => this.taken < this.#live && this.taken < this.received

  push(bytes: Uint8Array) {
    const start = this.#next
    this.#next += bytes.length
    const fresh = bytes.subarray(Math.max(0, this.received - start))
    if (fresh.length === 0) return this.#plan()
    const replayed = Math.max(0, Math.min(fresh.length, this.#live - this.received))
    if (replayed > 0) this.#show(fresh.subarray(0, replayed))
    if (replayed < fresh.length) this.#show(fresh.subarray(replayed))
  }

  #show(bytes: Uint8Array): void {
    this.received += bytes.length
    const end = this.received
    this.#options.show(bytes, () => {
      this.taken = Math.max(this.taken, end)
      this.#plan()
    })
  }

  /** Soon, so that a later replay is known to be one; at once where much has come. */
  #plan(): void {
    if (this.#due() - this.#acknowledged >= ACKNOWLEDGE_BYTES) this.flush()
    else this.#timer ??= setTimeout(this.flush, ACKNOWLEDGE_AFTER_MS)
  }

  /** What comes again on this connection must have come before it may be acknowledged. */
  #due = () => Math.min(this.taken, this.#next)

  flush = (): void => {
    this.stop()
    const position = this.#due()
    if (position <= this.#acknowledged) return
    this.#acknowledged = position
    this.#options.acknowledge(position)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
