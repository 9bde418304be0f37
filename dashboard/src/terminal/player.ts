import { type Cast, readSize } from './cast.ts'

export interface Stage {
  /** Clears the screen and sets its size. */
  reset(cols: number, rows: number): void
  resize(cols: number, rows: number): void
  write(text: string): void
}

export interface PlayerOptions {
  cast: Cast
  stage: Stage
  onChange(): void
  /** The monotonic clock, in milliseconds. */
  now?: () => number
}

const TICK_MS = 33

/** Plays a recording. Seeking backwards replays it from the start. */
export class Player {
  readonly #options: PlayerOptions
  #cast: Cast
  #next = 0
  /** The position in the recording at the time `#since`. */
  #base = 0
  #since = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  isPlaying = false
  speed = 1

  constructor(options: PlayerOptions) {
    this.#options = options
    this.#cast = options.cast
    this.seek(0)
  }

  get seconds(): number {
    return this.#cast.seconds
  }

  /** The position in seconds. */
  get position(): number {
    const ahead = this.isPlaying ? ((this.#now() - this.#since) / 1000) * this.speed : 0
    return Math.min(this.seconds, this.#base + ahead)
  }

  play(): void {
    if (this.isPlaying) return
    if (this.position >= this.seconds) this.seek(0)
    this.#since = this.#now()
    this.isPlaying = true
    this.#tick()
  }

  pause(): void {
    this.#base = this.position
    this.isPlaying = false
    clearTimeout(this.#timer)
    this.#options.onChange()
  }

  seek(seconds: number): void {
    const target = Math.min(this.seconds, Math.max(0, seconds))
    if (target < this.position || this.#next === 0) {
      this.#next = 0
      this.#options.stage.reset(this.#cast.cols, this.#cast.rows)
    }
    this.#base = target
    this.#since = this.#now()
    this.#showUntil(target)
    this.#options.onChange()
  }

  setSpeed(speed: number): void {
    this.#base = this.position
    this.#since = this.#now()
    this.speed = speed
    this.#options.onChange()
  }

  /** Replaces the recording by one with other times and continues at the same event. */
  replace(cast: Cast): void {
    const at = this.#next === 0 ? 0 : (cast.events[this.#next - 1]?.[0] ?? 0)
    this.#cast = cast
    this.#base = at
    this.#since = this.#now()
    this.#options.onChange()
  }

  stop(): void {
    this.isPlaying = false
    clearTimeout(this.#timer)
  }

  #now = (): number => (this.#options.now ?? (() => performance.now()))()

  #tick = () => {
    const { position } = this
    this.#showUntil(position)
    if (position >= this.seconds) return this.pause()
    this.#timer = setTimeout(this.#tick, TICK_MS)
    this.#options.onChange()
  }

  #showUntil(seconds: number): void {
    const { events } = this.#cast
    const { stage } = this.#options
    let text = ''
    for (let event = events[this.#next]; event && event[0] <= seconds; event = events[++this.#next]) {
      const [, kind, data] = event
      if (kind === 'o') text += data
      const size = kind === 'r' ? readSize(data) : null
      if (!size) continue
      if (text) stage.write(text)
      text = ''
      stage.resize(size.cols, size.rows)
    }
    if (text) stage.write(text)
  }
}
