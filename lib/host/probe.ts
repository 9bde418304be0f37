import { type Measurement, unavailable } from './measurement.ts'
import type { PoolShare } from './source.ts'

export interface ProbeOptions<T> {
  /** Name of the value, used in reasons. */
  name: string
  /** Read in every n-th round. Rounds are counted, not timed, so a clock step has no effect. */
  every: number
  /** Rounds after which a pending reading times out. */
  timeoutRounds: number
  read: () => Promise<Measurement<T>>
  /** Queues the reading. */
  lane: PoolShare['readFiles']
  apply: (measurement: Measurement<T>) => void
}

export interface Probe {
  /**
   * Reads the value if it is due in a round from `from` up to, but not including, `to`, and resolves when the result was
   * applied. Never rejects, and never starts a second reading while one hangs.
   */
  run(from: number, to: number): Promise<void>
}

export function createProbe<T>({ name, every, timeoutRounds, read, lane, apply }: ProbeOptions<T>): Probe {
  let startedIn: number | null = null
  let hasStarted = false
  const start = () => {
    hasStarted = true
    return read()
  }
  return {
    async run(from, to) {
      if (startedIn !== null) {
        const reason = hasStarted ? 'does not answer' : 'is not read while other files do not answer'
        if (from - startedIn >= timeoutRounds) apply(unavailable(`${name} ${reason}`))
        return
      }
      if (Math.ceil(from / every) * every >= to) return
      startedIn = from
      hasStarted = false
      const measurement = await lane(start).catch((error: NodeJS.ErrnoException) =>
        unavailable(`${name} cannot be read (${error.code ?? 'unknown error'})`)
      )
      startedIn = null
      apply(measurement)
    }
  }
}
