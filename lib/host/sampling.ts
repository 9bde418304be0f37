import type { Measurement } from './measurement.ts'

/** What a source shows: its newest value, and whether that is still news. */
export interface Sample<T> {
  value: T | null
  /** Why there is no value, or why it is not newer; null while all is well. */
  reason: string | null
  /** Milliseconds since the epoch of the reading that `value` is from; null where there is none. */
  sampledAt: number | null
  /** The newest reading failed or hangs: `value` is an older one. */
  stale: boolean
}

export interface SourceOptions<T> {
  /** Names the thing read, for the reason given when it hangs: "… does not answer". */
  what: string
  /** Milliseconds between the starts of two readings, while somebody looks; a function is asked each time. */
  everyMs: number | (() => number)
  /** The same while nobody does; three times as long unless told otherwise. */
  idleEveryMs?: number
  /** Milliseconds after which a reading under way makes the last value stale; `signal` is aborted then. */
  timeoutMs?: number
  /** Read only while somebody asks for it (`fresh`), and for a minute after. */
  onDemand?: boolean
  /**
   * One reading. An absent one says that this host does not have it; a throw, that it could not be read this time.
   * Never called again before it has settled.
   */
  read(context: { signal: AbortSignal; elapsedMs: number }): Promise<Measurement<T>>
}

export interface Source<T> {
  /** The one object that every reading updates. Reads nothing. */
  latest(): Readonly<Sample<T>>
  /** Grows with each reading, also one that failed, and with each second for which the value is out of date. */
  revision(): number
  /** Resolves when the first reading is in or has taken too long. */
  ready(): Promise<void>
  /** A sample no older than `maxAgeMs`, if need be from a reading begun now; an older one where that takes too long. */
  fresh(maxAgeMs: number): Promise<Readonly<Sample<T>>>
}

export interface SamplingOptions {
  /** Milliseconds since the epoch. */
  now: () => number
  /** Milliseconds of a clock that nobody sets. */
  monotonicNow?: () => number
  onFault: (error: unknown) => void
}

const TICK_MS = 1000
const IDLE_TICK_MS = 5000
/** Nobody has looked for so long, or never yet: sampling is slow. */
export const IDLE_AFTER_MS = 300_000
const DEMAND_LASTS_MS = 60_000
/** A timer is a little early or late: what is due by then is due now. */
const SLACK_MS = 250
const DEFAULT_TIMEOUT_MS = 5000

interface Entry {
  due(at: number, idle: boolean): boolean
  run(at: number): Promise<void>
  stop(): void
}

/**
 * Reads every source of the host in the background, each at its own rate and on its own: one that hangs or fails shows its
 * last value as stale and delays nobody. One timer wakes the process for all of them.
 */
export function createSampling({ now, onFault, monotonicNow = performance.now.bind(performance) }: SamplingOptions) {
  const entries: Entry[] = []
  const listeners: (() => void)[] = []
  let lookedAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let tickedAt = 0
  let running = false

  const isIdle = () => monotonicNow() - lookedAt >= IDLE_AFTER_MS

  async function tick(): Promise<void> {
    const at = monotonicNow()
    tickedAt = at
    const idle = isIdle()
    const due = entries.filter((entry) => entry.due(at, idle))
    timer = setTimeout(tick, idle ? IDLE_TICK_MS : TICK_MS).unref()
    let late: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      late = setTimeout(resolve, TICK_MS / 2)
    })
    await Promise.race([Promise.all(due.map((entry) => entry.run(at))), patience])
    clearTimeout(late)
    if (!running) return
    for (const listener of listeners) {
      try {
        listener()
      } catch (error) {
        onFault(error)
      }
    }
  }

  function add<T>(options: SourceOptions<T>): Source<T> {
    const { what, everyMs, idleEveryMs, timeoutMs = DEFAULT_TIMEOUT_MS, onDemand = false, read } = options
    const pauseMs = typeof everyMs === 'function' ? everyMs : () => everyMs
    const sample: Sample<T> = { value: null, reason: 'not measured yet', sampledAt: null, stale: false }
    let changes = 0
    let staleSince = 0
    let startedAt: number | null = null
    let readAt = Number.NEGATIVE_INFINITY
    let wantedAt = Number.NEGATIVE_INFINITY
    let aborter = new AbortController()
    /** The reading under way, and the wait for it, which may be over before. */
    let reading: Promise<void> | null = null
    let waiting: Promise<void> | null = null

    const revision = () => changes + (sample.stale ? Math.floor((monotonicNow() - staleSince) / 1000) : 0)
    const take = (taken: Measurement<T>) => {
      changes = revision() + 1
      sample.value = taken.value
      sample.reason = taken.reason
      sample.sampledAt = taken.value === null ? null : now()
      sample.stale = false
      readAt = monotonicNow()
    }
    const fail = (reason: string) => {
      changes = revision() + 1
      sample.reason = reason
      sample.stale = sample.value !== null
      staleSince = monotonicNow()
    }

    async function begin(at: number): Promise<void> {
      const { signal } = aborter
      const elapsedMs = startedAt === null ? pauseMs() : at - startedAt
      startedAt = at
      try {
        take(await read({ signal, elapsedMs }))
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        if (!signal.aborted) fail(`${what} cannot be read (${code ?? message})`)
      }
    }

    /** Resolves when the reading is in, or is waited for no longer. */
    function run(at: number): Promise<void> {
      if (reading) return waiting ?? Promise.resolve()
      aborter = new AbortController()
      reading = begin(at).then(() => {
        reading = null
      })
      let timer: NodeJS.Timeout | undefined
      const tooLong = new Promise<void>((resolve) => {
        timer = setTimeout(() => {
          fail(`${what} does not answer`)
          aborter.abort()
          resolve()
        }, timeoutMs).unref()
      })
      waiting = Promise.race([reading, tooLong]).then(() => {
        clearTimeout(timer)
        waiting = null
      })
      return waiting
    }

    entries.push({
      due(at, idle) {
        if (reading) return false
        if (onDemand && at - wantedAt > DEMAND_LASTS_MS) return false
        return startedAt === null || at - startedAt + SLACK_MS >= (idle ? (idleEveryMs ?? pauseMs() * 3) : pauseMs())
      },
      run,
      stop: () => aborter.abort()
    })

    return {
      latest: () => sample,
      revision,
      async ready() {
        if (changes === 0) await run(monotonicNow())
      },
      async fresh(maxAgeMs) {
        wantedAt = monotonicNow()
        if (wantedAt - readAt > maxAgeMs) await run(wantedAt)
        return sample
      }
    }
  }

  return {
    add,
    /** Told after every tick, when what was due is in, or half a second late. */
    onTick: (listener: () => void): void => void listeners.push(listener),
    /** Somebody looks: sampling keeps its full rate, or takes it up again, at once unless it has just ticked. */
    look(): void {
      const wasIdle = isIdle()
      lookedAt = monotonicNow()
      if (!wasIdle || !running) return
      clearTimeout(timer)
      timer = setTimeout(tick, Math.max(0, TICK_MS - (lookedAt - tickedAt))).unref()
    },
    isIdle,
    start(): void {
      if (running) return
      running = true
      tickedAt = monotonicNow()
      timer = setTimeout(tick, TICK_MS).unref()
    },
    stop(): void {
      running = false
      clearTimeout(timer)
      for (const entry of entries) entry.stop()
    }
  }
}
export type Sampling = ReturnType<typeof createSampling>
