import { createSerialQueue } from '../concurrency/serial-queue.ts'
import { normaliseNetwork } from '../net/address.ts'
import type { Fail2banClient, JailSettings, JailStatus, Obstacle } from './client.ts'
import { createStamp, type Stamp } from './database-file.ts'
import { createSchedule } from './schedule.ts'

export interface BanChange {
  /** All that are banned now; none once the list is too old to go by. */
  banned: readonly string[]
  /** Those that were not in the last list. Empty for the first one: nobody knows since when they are banned. */
  added: readonly string[]
  lifted: readonly string[]
}

/** `unreachable` is also what it is before the first answer. */
export type WatchState = { state: 'ok' } | Obstacle

export interface BanWatchOptions {
  /** Called once, before the first question. */
  loadClient: () => Promise<Fail2banClient>
  /** Milliseconds since the epoch. */
  now: () => number
  /** Milliseconds of a clock that nobody sets. */
  monotonicNow?: () => number
  /** Milliseconds between the starts of two looks where fail2ban's database cannot be watched. */
  intervalMs?: number
  /** Milliseconds between two looks at the database's file. */
  roundMs?: number
  /** fail2ban's database, until fail2ban tells where it is. */
  databaseFile?: string
  stamp?: Stamp
  /** Milliseconds for which a list counts after fail2ban has fallen silent. */
  holdMs?: number
  onChange: (change: BanChange) => void
  onState: (state: WatchState) => void
}

export type UnbanOutcome =
  | { ok: true; address: string }
  | { ok: false; code: 'VALIDATION' | 'NOT_FOUND' | 'CONFLICT' | 'BUSY'; reason: string }

/** The contract's 30 s from a ban to its 403, less what fail2ban and its client take. */
const INTERVAL_MS = 28_000
/** From a ban to its 403 in some three seconds, with fail2ban's own delay and its client's. */
const ROUND_MS = 2000
/** Nothing changes: it is only asked whether it still answers, and against ends of bans read in another time zone. */
const QUIET_MS = 300_000
const DATABASE_FILE = '/var/lib/fail2ban/fail2ban.sqlite3'
/** The shipped jail's own bantime. */
const HOLD_MS = 3_600_000
/** Starting a process stops the event loop for some milliseconds: those who waited for the daemon go first. */
const FIRST_LOOK_MS = 20
const SETTINGS_EVERY_MS = 3_600_000
const MAX_PENDING_UNBANS = 4

const refuse = (code: 'VALIDATION' | 'NOT_FOUND' | 'CONFLICT' | 'BUSY', reason: string) =>
  ({ ok: false, code, reason }) as const

/**
 * Keeps the list of a fail2ban jail, by asking in the background, one question at a time, when fail2ban's database was
 * written or a ban ends: its client is a Python program that costs 0.2 s of processor time. While fail2ban cannot be asked
 * the last list stays in force, for an hour at most.
 */
export function createBanWatch(options: BanWatchOptions) {
  const { loadClient, now, onChange, onState, monotonicNow = performance.now.bind(performance) } = options
  const { intervalMs = INTERVAL_MS, roundMs = ROUND_MS, holdMs = HOLD_MS, stamp = createStamp() } = options
  const schedule = createSchedule({ intervalMs, quietMs: Math.max(QUIET_MS, intervalMs) })
  const inTurn = createSerialQueue()
  let client: Promise<Fail2banClient> | undefined
  const ask = () => {
    client ??= loadClient()
    return client
  }
  let state: WatchState = { state: 'unreachable', reason: 'it has not answered yet' }
  let last: (JailStatus & { at: number }) | null = null
  let lastAt = 0
  let known: Set<string> | null = null
  let settings: JailSettings | null = null
  let settingsAskedAt = Number.NEGATIVE_INFINITY
  let databaseFile: string | null = options.databaseFile ?? DATABASE_FILE
  let databaseAskedAt = Number.NEGATIVE_INFINITY
  /** When each ban ends, milliseconds of the monotonic clock. */
  let ends: ReadonlyMap<string, number> = new Map()
  let hasLooked = false
  let pendingUnbans = 0
  let timer: NodeJS.Timeout | undefined
  let closed = false

  /** True when the list differs from the last one. */
  const take = (status: JailStatus): boolean => {
    const next = new Set(status.banned)
    const added = known === null ? [] : status.banned.filter((address) => !known!.has(address))
    const lifted = known === null ? [] : [...known].filter((address) => !next.has(address))
    const isSame = last !== null && added.length === 0 && lifted.length === 0
    last = { ...status, at: now() }
    lastAt = monotonicNow()
    known = next
    if (!isSame) onChange({ banned: status.banned, added, lifted })
    return !isSame
  }

  const findDatabase = async () => {
    if (monotonicNow() - databaseAskedAt < SETTINGS_EVERY_MS) return
    databaseAskedAt = monotonicNow()
    const answer = await (await ask()).databaseFile()
    databaseFile = answer.state === 'ok' ? answer.value : null
  }

  /** When the first of the bans ends; null where fail2ban does not tell. Asks where an end is not known or is over. */
  const findEnd = async (banned: readonly string[]): Promise<number | null> => {
    if (banned.some((address) => (ends.get(address) ?? 0) <= monotonicNow())) {
      const answer = await (await ask()).banEnds()
      const ahead = monotonicNow() - now()
      ends = new Map(answer.state === 'ok' ? [...answer.value].map(([address, end]) => [address, end + ahead]) : [])
    }
    if (!banned.every((address) => ends.has(address))) return null
    return banned.reduce((first, address) => Math.min(first, ends.get(address)!), Number.POSITIVE_INFINITY)
  }

  const look = async () => {
    schedule.begin(monotonicNow())
    const answer = await (await ask()).status()
    if (closed) return
    hasLooked = true
    const before = state
    state = answer.state === 'ok' ? { state: 'ok' } : answer
    let hasChanged = false
    if (answer.state === 'ok') hasChanged = take(answer.value)
    else if (last !== null && monotonicNow() - lastAt >= holdMs) {
      const lifted = last.banned
      last = null
      settings = null
      onChange({ banned: [], added: [], lifted })
    }
    if (JSON.stringify(state) !== JSON.stringify(before)) onState(state)
    if (answer.state === 'unreachable') schedule.fail()
    else if (answer.state === 'absent') schedule.end(hasChanged, null)
    else {
      await findDatabase()
      // Without the file a look is due soon anyway.
      schedule.end(hasChanged, databaseFile === null ? null : await findEnd(last?.banned ?? []))
    }
  }

  const askSettings = async () => {
    settingsAskedAt = monotonicNow()
    const answer = await (await ask()).settings()
    if (answer.state === 'ok') settings = answer.value
  }

  /** Looks where that is due. Resolves with the milliseconds until the next round. */
  const round = async (): Promise<number> => {
    const began = monotonicNow()
    // Seen before fail2ban is asked: what is written meanwhile shows at the next round.
    const seen = databaseFile === null ? null : await stamp(databaseFile)
    if (closed) return 0
    schedule.see(seen, monotonicNow())
    if (schedule.isDue(monotonicNow())) {
      await inTurn(look)
      if (state.state === 'ok' && monotonicNow() - settingsAskedAt >= SETTINGS_EVERY_MS) await inTurn(askSettings)
    }
    return Math.max(0, (seen === null ? intervalMs : Math.min(roundMs, intervalMs)) - (monotonicNow() - began))
  }

  const run = async () => {
    const pause = await round()
    if (!closed) timer = setTimeout(run, pause).unref()
  }

  const unban = async (address: string): Promise<UnbanOutcome> => {
    const answer = await (await ask()).unban(address)
    if (answer.state === 'unreachable') return refuse('BUSY', `fail2ban does not answer: ${answer.reason}`)
    if (answer.state !== 'ok') return refuse('CONFLICT', answer.reason)
    if (!answer.value) return refuse('NOT_FOUND', `${address} is not in the list of banned addresses`)
    // Before fail2ban is asked again: it may hang just then.
    if (known?.delete(address) && last !== null) {
      last.banned = [...known]
      onChange({ banned: last.banned, added: [], lifted: [] })
    }
    await look()
    return { ok: true, address }
  }

  return {
    /** Looks from now on; waits for nothing. */
    start() {
      timer = setTimeout(run, FIRST_LOOK_MS).unref()
    },

    /** One round of looking, as `start` has them by itself. */
    round,

    /** What is known, from memory. `at` is the time of the list. */
    latest: () => ({ ...state, status: last, settings }),

    /** True when bans there should be cannot be learned. */
    isFaulty: () => hasLooked && (state.state === 'unreachable' || (state.state === 'no_jail' && known !== null)),

    /** Lifts the ban of an address or CIDR in any spelling, here and in fail2ban. */
    async unban(text: string): Promise<UnbanOutcome> {
      const address = normaliseNetwork(text)
      if (address === null) return refuse('VALIDATION', 'ip is not an IP address or CIDR')
      if (pendingUnbans >= MAX_PENDING_UNBANS) return refuse('BUSY', 'others are being unbanned just now')
      pendingUnbans++
      try {
        return await inTurn(() => unban(address))
      } finally {
        pendingUnbans--
      }
    },

    /** Ends what was started. */
    async close(): Promise<void> {
      closed = true
      clearTimeout(timer)
      void client?.then((loaded) => loaded.stop())
      await inTurn(async () => {})
    }
  }
}
export type BanWatch = ReturnType<typeof createBanWatch>
