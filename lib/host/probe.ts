import { type Measurement, unavailable } from './measurement.ts'
import type { PoolShare } from './source.ts'

export interface ProbeOptions<T> {
  /** Names the thing read, for the reason given when it hangs. */
  what: string
  /** Read in every n-th round. Rounds are counted, not timed: a stepped clock changes nothing. */
  every: number
  /** Rounds a reading may be under way before its last value no longer counts. */
  patience: number
  read: () => Promise<Measurement<T>>
  /** Where a reading waits for its turn. */
  lane: PoolShare['readFiles']
  apply: (reading: Measurement<T>) => void
}

export interface Probe {
  /**
   * Resolves once a reading due in the rounds from `from` up to `to` was applied. Never rejects, and never starts one
   * beside a hanging one.
   */
  run(from: number, to: number): Promise<void>
}

export function createProbe<T>({ what, every, patience, read, lane, apply }: ProbeOptions<T>): Probe {
  let startedIn: number | null = null
  let isAsked = false
  const ask = () => {
    isAsked = true
    return read()
  }
  return {
    async run(from, to) {
      if (startedIn !== null) {
        const reason = isAsked ? 'does not answer' : 'is not read while other files do not answer'
        if (from - startedIn >= patience) apply(unavailable(`${what} ${reason}`))
        return
      }
      if (Math.ceil(from / every) * every >= to) return
      startedIn = from
      isAsked = false
      const reading = await lane(ask).catch((error: NodeJS.ErrnoException) =>
        unavailable(`${what} cannot be read (${error.code ?? 'unknown error'})`)
      )
      startedIn = null
      apply(reading)
    }
  }
}
