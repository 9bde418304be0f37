import { absent, type Reading } from './reading.ts'

export interface ProbeOptions<T> {
  /** Names the thing read, for the reason given when it hangs. */
  what: string
  /** Read in every n-th round. Rounds are counted, not timed: a stepped clock changes nothing. */
  every: number
  /** Rounds a reading may be under way before its last value no longer counts. */
  patience: number
  read: () => Promise<Reading<T>>
  apply: (reading: Reading<T>) => void
}

export interface Probe {
  /**
   * Resolves once a reading due in the rounds from `from` up to `to` was applied. Never rejects, and never starts one
   * beside a hanging one.
   */
  run(from: number, to: number): Promise<void>
}

export function createProbe<T>({ what, every, patience, read, apply }: ProbeOptions<T>): Probe {
  let startedIn: number | null = null
  return {
    async run(from, to) {
      if (startedIn !== null) {
        if (from - startedIn >= patience) apply(absent(`${what} does not answer`))
        return
      }
      if (Math.ceil(from / every) * every >= to) return
      startedIn = from
      const reading = await read().catch((error: NodeJS.ErrnoException) =>
        absent(`${what} cannot be read (${error.code ?? 'unknown error'})`)
      )
      startedIn = null
      apply(reading)
    }
  }
}
