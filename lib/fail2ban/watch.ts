import { createSerialQueue } from '../concurrency/serial-queue.ts'
import { normaliseNetwork } from '../net/address.ts'
import type { Fail2banClient, JailSettings, JailStatus, Unavailable } from './client.ts'
import { createVersionReader, type VersionReader } from './database-file.ts'
import { createSchedule } from './schedule.ts'

export interface BanChange {
  /** All current bans; empty once the list is too old. */
  banned: readonly string[]
  /** Entries that were not in the previous list. Empty for the first list, since the time of its bans is unknown. */
  added: readonly string[]
  lifted: readonly string[]
}

/** The initial state is `unreachable`. */
export type WatchState = { state: 'ok' } | Unavailable

export interface BanWatchOptions {
  /** Called once, before the first query. */
  loadClient: () => Promise<Fail2banClient>
  /** Milliseconds since the epoch. */
  now: () => number
  /** Monotonic clock, milliseconds. */
  monotonicNow?: () => number
  /** Milliseconds between two queries while fail2ban's database cannot be watched. */
  intervalMs?: number
  /** Milliseconds between two checks of the database file. */
  pollMs?: number
  /** Path of fail2ban's database, used until fail2ban reports it. */
  databaseFile?: string
  readVersion?: VersionReader
  /** Milliseconds for which the last list stays in force after fail2ban stops answering. */
  holdMs?: number
  onChange: (change: BanChange) => void
  onState: (state: WatchState) => void
}

export type UnbanOutcome =
  | { ok: true; address: string }
  | { ok: false; code: 'VALIDATION' | 'NOT_FOUND' | 'CONFLICT' | 'BUSY'; reason: string }

/** The contract's 30 s from a ban to its 403, minus the time of fail2ban and its client. */
const INTERVAL_MS = 28_000
/** A ban leads to a 403 within about three seconds, including the delays of fail2ban and its client. */
const POLL_MS = 2000
/** Interval while nothing changes. It also corrects ends of bans that were parsed in a wrong time zone. */
const QUIET_MS = 300_000
const DATABASE_FILE = '/var/lib/fail2ban/fail2ban.sqlite3'
/** The bantime of the shipped jail. */
const HOLD_MS = 3_600_000
/** Starting a process blocks the event loop for some milliseconds, so requests that waited for the start go first. */
const FIRST_ROUND_DELAY_MS = 20
const SETTINGS_INTERVAL_MS = 3_600_000
const MAX_PENDING_UNBANS = 4

const refuse = (code: 'VALIDATION' | 'NOT_FOUND' | 'CONFLICT' | 'BUSY', reason: string) =>
  ({ ok: false, code, reason }) as const

/**
 * Mirrors the ban list of a fail2ban jail. Queries run in the background, one at a time, after fail2ban's database was
 * written or a ban ended: each starts a Python program that needs 0.2 s of CPU time. While fail2ban does not answer,
 * the last list stays in force, for an hour at most.
 */
export function createBanWatch(options: BanWatchOptions) {
  const { loadClient, now, onChange, onState, monotonicNow = performance.now.bind(performance) } = options
  const { intervalMs = INTERVAL_MS, pollMs = POLL_MS, holdMs = HOLD_MS, readVersion = createVersionReader() } = options
  const schedule = createSchedule({ intervalMs, quietMs: Math.max(QUIET_MS, intervalMs) })
  const serialQueue = createSerialQueue()
  let client: Promise<Fail2banClient> | undefined
  const ask = () => {
    client ??= loadClient()
    return client
  }
  let state: WatchState = { state: 'unreachable', reason: 'fail2ban has not answered yet' }
  let list: (JailStatus & { at: number }) | null = null
  let listReadAt = 0
  let known: Set<string> | null = null
  let settings: JailSettings | null = null
  let version: string | null = null
  let settingsAskedAt = Number.NEGATIVE_INFINITY
  let databaseFile: string | null = options.databaseFile ?? DATABASE_FILE
  let databaseAskedAt = Number.NEGATIVE_INFINITY
  /** When each ban ends, milliseconds of the monotonic clock. */
  let ends: ReadonlyMap<string, number> = new Map()
  let hasAsked = false
  let pendingUnbans = 0
  let timer: NodeJS.Timeout | undefined
  let closed = false

  /** True if the list differs from the previous one. */
  const applyList = (status: JailStatus): boolean => {
    const next = new Set(status.banned)
    const added = known === null ? [] : status.banned.filter((address) => !known!.has(address))
    const lifted = known === null ? [] : [...known].filter((address) => !next.has(address))
    const isSame = list !== null && added.length === 0 && lifted.length === 0
    list = { ...status, at: now() }
    listReadAt = monotonicNow()
    known = next
    if (!isSame) onChange({ banned: status.banned, added, lifted })
    return !isSame
  }

  const findDatabase = async () => {
    if (monotonicNow() - databaseAskedAt < SETTINGS_INTERVAL_MS) return
    databaseAskedAt = monotonicNow()
    const answer = await (await ask()).databaseFile()
    databaseFile = answer.state === 'ok' ? answer.value : null
  }

  /** Monotonic end of the first ban to expire; null if it is unknown. Queries fail2ban if an end is unknown or past. */
  const findEnd = async (banned: readonly string[]): Promise<number | null> => {
    if (banned.some((address) => (ends.get(address) ?? 0) <= monotonicNow())) {
      const answer = await (await ask()).banEnds()
      const clockOffset = monotonicNow() - now()
      ends = new Map(
        answer.state === 'ok' ? [...answer.value].map(([address, end]) => [address, end + clockOffset]) : []
      )
    }
    if (!banned.every((address) => ends.has(address))) return null
    return banned.reduce((first, address) => Math.min(first, ends.get(address)!), Number.POSITIVE_INFINITY)
  }

  const readList = async () => {
    schedule.begin(monotonicNow())
    const answer = await (await ask()).status()
    if (closed) return
    hasAsked = true
    const before = state
    state = answer.state === 'ok' ? { state: 'ok' } : answer
    let hasChanged = false
    if (answer.state === 'ok') hasChanged = applyList(answer.value)
    else if (list !== null && monotonicNow() - listReadAt >= holdMs) {
      const lifted = list.banned
      list = null
      settings = null
      onChange({ banned: [], added: [], lifted })
    }
    if (JSON.stringify(state) !== JSON.stringify(before)) onState(state)
    if (answer.state === 'unreachable') schedule.fail()
    else if (answer.state === 'absent') schedule.end(hasChanged, null)
    else {
      await findDatabase()
      // Without the file the next query is due soon anyway.
      schedule.end(hasChanged, databaseFile === null ? null : await findEnd(list?.banned ?? []))
    }
  }

  const askSettings = async () => {
    settingsAskedAt = monotonicNow()
    const answer = await (await ask()).settings()
    if (answer.state !== 'ok') return
    settings = answer.value
    const asked = await (await ask()).version()
    version = asked.state === 'ok' ? asked.value : null
  }

  /** Queries fail2ban if that is due. Resolves to the milliseconds until the next round. */
  const round = async (): Promise<number> => {
    const began = monotonicNow()
    // Read before the query, so that a write during the query is noticed in the next round.
    const seen = databaseFile === null ? null : await readVersion(databaseFile)
    if (closed) return 0
    schedule.observeVersion(seen, monotonicNow())
    if (schedule.isDue(monotonicNow())) {
      await serialQueue(readList)
      if (state.state === 'ok' && monotonicNow() - settingsAskedAt >= SETTINGS_INTERVAL_MS)
        await serialQueue(askSettings)
    }
    return Math.max(0, (seen === null ? intervalMs : Math.min(pollMs, intervalMs)) - (monotonicNow() - began))
  }

  const run = async () => {
    const pause = await round()
    if (!closed) timer = setTimeout(run, pause).unref()
  }

  const unban = async (address: string): Promise<UnbanOutcome> => {
    const answer = await (await ask()).unban(address)
    if (answer.state === 'unreachable') return refuse('BUSY', `fail2ban does not answer: ${answer.reason}`)
    if (answer.state !== 'ok') return refuse('CONFLICT', answer.reason)
    if (!answer.value) return refuse('NOT_FOUND', `${address} is not banned`)
    // Applied before the next query, which may hang.
    if (known?.delete(address) && list !== null) {
      list.banned = [...known]
      onChange({ banned: list.banned, added: [], lifted: [] })
    }
    await readList()
    return { ok: true, address }
  }

  return {
    /** Starts the background queries. */
    start() {
      timer = setTimeout(run, FIRST_ROUND_DELAY_MS).unref()
    },

    /** One round, as `start` runs them. */
    round,

    /** The last known state, from memory. `status.at` is the time of the list in milliseconds since the epoch. */
    latest: () => ({ ...state, status: list, settings, version }),

    /** True if bans may exist that cannot be read. */
    isFaulty: () => hasAsked && (state.state === 'unreachable' || (state.state === 'no_jail' && known !== null)),

    /** Lifts the ban of an address or CIDR, in any spelling, in the Monitor and in fail2ban. */
    async unban(text: string): Promise<UnbanOutcome> {
      const address = normaliseNetwork(text)
      if (address === null) return refuse('VALIDATION', 'ip must be an IP address or CIDR')
      if (pendingUnbans >= MAX_PENDING_UNBANS) return refuse('BUSY', 'too many addresses are being unbanned; try again')
      pendingUnbans++
      try {
        return await serialQueue(() => unban(address))
      } finally {
        pendingUnbans--
      }
    },

    /** Stops the background queries. Resolves when the last one has ended. */
    async close(): Promise<void> {
      closed = true
      clearTimeout(timer)
      void client?.then((loaded) => loaded.stop())
      await serialQueue(async () => {})
    }
  }
}
export type BanWatch = ReturnType<typeof createBanWatch>
