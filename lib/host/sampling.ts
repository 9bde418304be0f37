import type { Measurement } from './measurement.ts'

/** The last value of a source, and whether it is still current. */
export interface Sample<T> {
  value: T | null
  /** Why there is no value, or why it is stale; null if the last reading succeeded. */
  reason: string | null
  /** When `value` was read, milliseconds since the epoch; null if `value` is null. */
  sampledAt: number | null
  /** The last reading failed or hangs: `value` is from an earlier reading. */
  stale: boolean
}

export interface SourceOptions<T> {
  /** Name of the source, used in reasons: "… does not answer". */
  name: string
  /** Milliseconds between the starts of two readings while there are viewers; a function is called each time. */
  everyMs: number | (() => number)
  /** The same without viewers; defaults to three times `everyMs`. */
  idleEveryMs?: number
  /** Milliseconds after which a pending reading times out: the last value becomes stale and `signal` is aborted. */
  timeoutMs?: number
  /** Read only on demand (`fresh`, `want`) and for a minute after the last demand. */
  onDemand?: boolean
  /** Milliseconds after the last demand in which a source on demand is read. */
  demandLastsMs?: number
  /**
   * Reads the source once. Returns an unavailable measurement if this host lacks the source, and throws if this reading
   * failed. Never called again before it has settled.
   */
  read(context: { signal: AbortSignal; elapsedMs: number }): Promise<Measurement<T>>
}

export interface Source<T> {
  /** Always the same object, which every reading updates. Starts no reading. */
  latest(): Readonly<Sample<T>>
  /** Grows with each reading, failed ones included, and with each second the value is stale. */
  revision(): number
  /** Resolves when the first reading is done or timed out. */
  ready(): Promise<void>
  /** Resolves to a sample no older than `maxAgeMs`, reading it now if necessary; an older one if that times out. */
  fresh(maxAgeMs: number): Promise<Readonly<Sample<T>>>
  /** Demands a source on demand, for the next ticks, and returns `latest` without waiting. */
  want(): Readonly<Sample<T>>
}

export interface SamplingOptions {
  /** Milliseconds since the epoch. */
  now: () => number
  /** Milliseconds of the monotonic clock. */
  monotonicNow?: () => number
  onFault: (error: unknown) => void
}

const TICK_MS = 1000
const IDLE_TICK_MS = 5000
/** Sampling slows down when there was no viewer for this long. */
export const IDLE_AFTER_MS = 300_000
const DEMAND_LASTS_MS = 60_000
/** Tolerance for timers that fire early or late. */
const SLACK_MS = 250
const DEFAULT_TIMEOUT_MS = 5000

interface Entry {
  due(at: number, idle: boolean): boolean
  run(at: number): Promise<void>
  stop(): void
}

/**
 * Reads every source of the host in the background, each at its own rate. A source that hangs or fails keeps its last
 * value, marked stale, and does not delay the others. One timer drives all sources.
 */
export function createSampling({ now, onFault, monotonicNow = performance.now.bind(performance) }: SamplingOptions) {
  const entries: Entry[] = []
  const listeners: (() => void)[] = []
  let viewedAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let tickedAt = 0
  let running = false

  const isIdle = () => monotonicNow() - viewedAt >= IDLE_AFTER_MS

  async function tick(): Promise<void> {
    const at = monotonicNow()
    tickedAt = at
    const idle = isIdle()
    const due = entries.filter((entry) => entry.due(at, idle))
    timer = setTimeout(tick, idle ? IDLE_TICK_MS : TICK_MS).unref()
    let deadline: NodeJS.Timeout | undefined
    const timedOut = new Promise<void>((resolve) => {
      deadline = setTimeout(resolve, TICK_MS / 2)
    })
    await Promise.race([Promise.all(due.map((entry) => entry.run(at))), timedOut])
    clearTimeout(deadline)
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
    const { name, everyMs, idleEveryMs, timeoutMs = DEFAULT_TIMEOUT_MS, onDemand = false, read } = options
    const { demandLastsMs = DEMAND_LASTS_MS } = options
    const pauseMs = typeof everyMs === 'function' ? everyMs : () => everyMs
    const sample: Sample<T> = { value: null, reason: 'not measured yet', sampledAt: null, stale: false }
    let changes = 0
    let staleSince = 0
    let startedAt: number | null = null
    let readAt = Number.NEGATIVE_INFINITY
    let wantedAt = Number.NEGATIVE_INFINITY
    let aborter = new AbortController()
    /** The pending reading, and the wait for it, which may time out earlier. */
    let reading: Promise<void> | null = null
    let waiting: Promise<void> | null = null

    const revision = () => changes + (sample.stale ? Math.floor((monotonicNow() - staleSince) / 1000) : 0)
    const succeed = (measurement: Measurement<T>) => {
      changes = revision() + 1
      sample.value = measurement.value
      sample.reason = measurement.reason
      sample.sampledAt = measurement.value === null ? null : now()
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
        succeed(await read({ signal, elapsedMs }))
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        if (!signal.aborted) fail(`${name} cannot be read (${code ?? message})`)
      }
    }

    /** Resolves when the reading is done or timed out. */
    function run(at: number): Promise<void> {
      if (reading) return waiting ?? Promise.resolve()
      aborter = new AbortController()
      reading = begin(at).then(() => {
        reading = null
      })
      let timer: NodeJS.Timeout | undefined
      const timedOut = new Promise<void>((resolve) => {
        timer = setTimeout(() => {
          fail(`${name} does not answer`)
          aborter.abort()
          resolve()
        }, timeoutMs).unref()
      })
      waiting = Promise.race([reading, timedOut]).then(() => {
        clearTimeout(timer)
        waiting = null
      })
      return waiting
    }

    entries.push({
      due(at, idle) {
        if (reading) return false
        if (onDemand && at - wantedAt > demandLastsMs) return false
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
      },
      want() {
        wantedAt = monotonicNow()
        return sample
      }
    }
  }

  return {
    add,
    /** Calls the listener after every tick, when its readings are done or half a second has passed. */
    onTick: (listener: () => void): void => void listeners.push(listener),
    /** Reports a viewer: sampling keeps or resumes its full rate, with a tick as soon as the last one is a second ago. */
    reportViewer(): void {
      const wasIdle = isIdle()
      viewedAt = monotonicNow()
      if (!wasIdle || !running) return
      clearTimeout(timer)
      timer = setTimeout(tick, Math.max(0, TICK_MS - (viewedAt - tickedAt))).unref()
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
