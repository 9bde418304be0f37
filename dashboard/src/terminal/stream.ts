import { ACKNOWLEDGE_BYTES } from './protocol.ts'

const ACKNOWLEDGE_AFTER_MS = 100

export interface StreamOptions {
  /** Shows bytes and calls `taken` after they were processed. */
  show(bytes: Uint8Array, taken: () => void): void
  acknowledge(position: number): void
}

/** The output of a terminal by byte position, across reconnects. Each byte is shown once and then acknowledged. */
export class Stream {
  readonly #options: StreamOptions
  /** The position of the next byte on this connection. */
  #next = 0
  #acknowledged = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Bytes before this position are a replay. */
  #live = 0
  /** All bytes before this position were passed to the emulator. */
  received = 0
  /** All bytes before this position were processed by the emulator. */
  taken = 0

  constructor(options: StreamOptions) {
    this.#options = options
  }

  /** Starts a connection at `position`. Returns the number of lost bytes before it. */
  begin(position: number, live: number): number {
    this.stop()
    const lostBytes = Math.max(0, position - this.received)
    this.#next = position
    this.#acknowledged = position
    if (lostBytes > 0) {
      this.received = position
      this.taken = position
    }
    // Received bytes that are not yet processed have had no reply, so they are no replay.
    this.#live = live > this.received ? live : 0
    return lostBytes
  }

  /** Whether the emulator is processing output that some client has already shown. */
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

  /** Acknowledges soon, so that a later replay is recognised; immediately after many bytes. */
  #plan(): void {
    if (this.#due() - this.#acknowledged >= ACKNOWLEDGE_BYTES) this.flush()
    else this.#timer ??= setTimeout(this.flush, ACKNOWLEDGE_AFTER_MS)
  }

  /** Bytes that this connection replays must arrive on it before they are acknowledged. */
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
