const EVERY_MS = 15_000
const PATIENCE_MS = 6000

export interface HeartbeatOptions {
  ping(): void
  /** No response arrived. */
  onSilence(): void
}

/** Detects a dead connection, which can take TCP many minutes. */
export class Heartbeat {
  readonly #options: HeartbeatOptions
  #heardAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #isAsking = false

  constructor(options: HeartbeatOptions) {
    this.#options = options
  }

  start(): void {
    this.#isAsking = false
    this.#heardAt = Date.now()
    this.#plan(EVERY_MS, this.#look)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** A message arrived. */
  messageReceived(): void {
    this.#heardAt = Date.now()
    if (!this.#isAsking) return
    this.#isAsking = false
    this.#plan(EVERY_MS, this.#look)
  }

  /** Sends a ping now. */
  check = (): void => {
    if (this.#isAsking) return
    this.#isAsking = true
    this.#options.ping()
    this.#plan(PATIENCE_MS, this.#options.onSilence)
  }

  #look = (): void => {
    const left = this.#heardAt + EVERY_MS - Date.now()
    if (left > 0) this.#plan(left, this.#look)
    else this.check()
  }

  #plan(ms: number, act: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(act, ms)
  }
}
