import type { Series, Timeframe } from '../../schemas/host/history.ts'
import type { DeviceRow } from '../storage/device-history.ts'
import type { HistoryRow, HistoryStore } from '../storage/history-store.ts'
import type { DeviceKindName, Devices } from './devices.ts'
import { createStep, SERIES, SPIKY, type Step, type Values } from './steps.ts'
import { stepOf, TIERS, WINDOWS } from './tiers.ts'

export interface RecorderOptions {
  /**
   * Opens the store at the first write or read, and again after the store was closed. `isDamaged` asks for a new file in
   * place of the damaged one. Throws if the store cannot be opened.
   */
  open: (isDamaged: boolean) => Promise<HistoryStore>
  /** The latest values. Null or a missing value is a gap. */
  collect: () => Values
  /** The latest values of single devices; a device that is missing has a gap. */
  collectDevices?: () => Devices
  /** Milliseconds since the epoch. */
  now: () => number
  /** Milliseconds of the monotonic clock. */
  monotonicNow?: () => number
  /** Whether the opened file is still the file at its path. */
  isInPlace: () => boolean
  /** Whether an error means that the file is damaged. */
  isDamaged: (error: unknown) => boolean
  /** Called with the first of consecutive failures, and with null after the next success. */
  onTrouble: (error: Error | null) => void
}

const NO_DEVICES: Devices = {}
const FINEST = TIERS[0]!.seconds
/** One transaction per minute; newer steps are in memory only. */
export const WRITE_EVERY_MS = 60_000
/** Tolerance for timers that fire early or late. */
const SLACK_MS = 500
/** Steps kept in memory while writing fails: one hour. */
export const MAX_PENDING = 360
/** If the clock goes back by at most this many seconds, the new time is accepted at once. */
const SMALL_CORRECTION_S = 600
/** A larger step back is accepted after this time. A host without an RTC battery starts in the past until NTP syncs. */
export const BEHIND_FOR_MS = 3_600_000

/**
 * Records the history of this host. Steps of ten seconds are collected in memory and written once a minute: a killed
 * process loses at most that minute, a power failure also what the kernel has not flushed (about half a minute).
 */
export function createRecorder(options: RecorderOptions) {
  const {
    open,
    collect,
    collectDevices = () => NO_DEVICES,
    now,
    onTrouble,
    monotonicNow = performance.now.bind(performance)
  } = options
  const pending = new Map<number, Step>()
  let gathering: ReturnType<typeof createStep> | null = null
  let store: HistoryStore | null = null
  let opening: Promise<HistoryStore> | null = null
  let newest: number | null = null
  let writtenAt = monotonicNow()
  let behindSince: number | null = null
  let writing: Promise<void> | null = null
  let isFaulty = false
  let isDamaged = false
  let isClosed = false

  const seconds = () => Math.floor(now() / 1000)

  async function load(): Promise<HistoryStore> {
    const opened = await open(isDamaged)
    isDamaged = false
    newest = await opened.newest()
    store = opened
    return opened
  }
  const ready = (): Promise<HistoryStore> => {
    if (store && options.isInPlace()) return Promise.resolve(store)
    store?.close()
    store = null
    opening ??= load().finally(() => {
      opening = null
    })
    return opening
  }

  function keep(step: Step | null): void {
    if (step === null) return
    // After the clock was set back, a step can repeat: the later one replaces the earlier one.
    pending.delete(step.at)
    pending.set(step.at, step)
    if (pending.size > MAX_PENDING) pending.delete(pending.keys().next().value!)
  }

  /** Decides what to do if stored rows are newer than the clock. */
  function judgeClock(at: number): 'write' | 'wait' | 'drop' {
    const ahead = newest === null ? 0 : newest - at
    if (ahead <= FINEST) {
      // Steps collected while the clock was behind have wrong times.
      if (behindSince !== null) for (const step of pending.keys()) if (step < newest!) pending.delete(step)
      behindSince = null
      return 'write'
    }
    behindSince ??= monotonicNow()
    if (ahead > SMALL_CORRECTION_S && monotonicNow() - behindSince < BEHIND_FOR_MS) return 'wait'
    behindSince = null
    return 'drop'
  }

  async function write(): Promise<void> {
    try {
      const target = await ready()
      const at = seconds()
      const verdict = judgeClock(at)
      if (verdict === 'wait') return
      const steps = [...pending.values()].filter((step) => step.at <= at)
      await target.write(steps, verdict === 'drop' ? at : undefined)
      newest = Math.max(verdict === 'drop' || newest === null ? 0 : newest, ...steps.map((step) => step.at))
      // Also drops steps collected while the clock was ahead.
      pending.clear()
      if (isFaulty) onTrouble(null)
      isFaulty = false
    } catch (error) {
      fail(error)
    }
  }

  function fail(error: unknown): void {
    if (!isFaulty) onTrouble(error as Error)
    isFaulty = true
    if (store === null || !options.isDamaged(error)) return
    isDamaged = true
    store.close()
    store = null
  }

  async function select<Row>(read: (target: HistoryStore) => Promise<Row[]>): Promise<Row[]> {
    try {
      return await read(await ready())
    } catch (error) {
      fail(error)
      throw error
    }
  }

  /** The rows of a window that ends now, with the steps that are in memory only. */
  async function readWindow<Row extends [at: number, ...values: unknown[]]>(
    timeframe: Timeframe,
    read: (target: HistoryStore, tier: number, from: number, to: number) => Promise<Row[]>,
    rowOf: (step: Step) => Row | null
  ): Promise<Row[]> {
    const { tier, span } = WINDOWS[timeframe]
    const to = seconds()
    const from = stepOf(to - span, TIERS[tier]!.seconds)
    const rows = await select((target) => read(target, tier, from, to))
    if (tier !== 0) return rows
    const byTime = new Map(rows.map((row) => [row[0], row]))
    for (const step of pending.values()) {
      const row = step.at >= from && step.at <= to ? rowOf(step) : null
      if (row !== null) byTime.set(step.at, row)
    }
    return [...byTime.values()].toSorted((a, b) => a[0] - b[0])
  }

  /** Writes the finished steps. Resolves after the attempt; never rejects. */
  function flush(): Promise<void> {
    writtenAt = monotonicNow()
    if (pending.size === 0) return writing ?? Promise.resolve()
    writing ??= write().finally(() => {
      writing = null
    })
    return writing
  }

  return {
    /** Takes a sample. Called after every tick of the sampling. */
    tick(): void {
      if (isClosed) return
      const at = stepOf(seconds(), FINEST)
      if (gathering && gathering.at !== at) {
        keep(gathering.finish())
        gathering = null
      }
      gathering ??= createStep(at)
      gathering.add(collect(), collectDevices())
      if (monotonicNow() - writtenAt >= WRITE_EVERY_MS - SLACK_MS) void flush()
    },

    flush,

    /** Resolves when the pending write is done. */
    settled: (): Promise<void> => writing ?? Promise.resolve(),

    isFaulty: () => isFaulty,

    /** Rows of a window that ends now. Rejects if the store cannot be opened or read. */
    read: (timeframe: Timeframe, series: readonly Series[] = SERIES): Promise<HistoryRow[]> =>
      readWindow<HistoryRow>(
        timeframe,
        (target, tier, from, to) => target.read(tier, from, to, series),
        ({ at, mean, max }) => [
          at,
          ...series.flatMap((name) => [mean[name] ?? null, ...(SPIKY.includes(name) ? [max[name] ?? null] : [])])
        ]
      ),

    /** As `read`, all series of one device. */
    readDevice: (timeframe: Timeframe, kind: DeviceKindName, name: string): Promise<DeviceRow[]> =>
      readWindow<DeviceRow>(
        timeframe,
        (target, tier, from, to) => target.readDevice(kind, tier, from, to, name),
        ({ at, devices }) => {
          const step = devices?.[kind].get(name)
          return step ? [at, ...step] : null
        }
      ),

    async close(): Promise<void> {
      isClosed = true
      // The unfinished step is dropped: it starts again after a restart.
      await flush()
      store?.close()
      store = null
    }
  }
}
export type Recorder = ReturnType<typeof createRecorder>
