import { normaliseNetwork } from '../net/address.ts'
import { createQueue } from '../queue.ts'
import type { Fail2banClient, JailSettings, JailStatus, Obstacle } from './client.ts'

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
  elapsed?: () => number
  /** Milliseconds between the starts of two looks. */
  intervalMs?: number
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
/** The shipped jail's own bantime. */
const HOLD_MS = 3_600_000
/** Starting a process stops the event loop for some milliseconds: those who waited for the daemon go first. */
const FIRST_LOOK_MS = 20
const SETTINGS_EVERY_MS = 3_600_000
const MAX_PENDING_UNBANS = 4

const refuse = (code: 'VALIDATION' | 'NOT_FOUND' | 'CONFLICT' | 'BUSY', reason: string) =>
  ({ ok: false, code, reason }) as const

/**
 * Keeps the list of a fail2ban jail, by asking in the background, one question at a time. While fail2ban cannot be asked
 * the last list stays in force, for an hour at most.
 */
export function createBanWatch(options: BanWatchOptions) {
  const { loadClient, now, onChange, onState, elapsed = performance.now.bind(performance) } = options
  const { intervalMs = INTERVAL_MS, holdMs = HOLD_MS } = options
  const inTurn = createQueue()
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
  let hasLooked = false
  let pendingUnbans = 0
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const take = (status: JailStatus) => {
    const next = new Set(status.banned)
    const added = known === null ? [] : status.banned.filter((address) => !known!.has(address))
    const lifted = known === null ? [] : [...known].filter((address) => !next.has(address))
    const isSame = last !== null && added.length === 0 && lifted.length === 0
    last = { ...status, at: now() }
    lastAt = elapsed()
    known = next
    if (!isSame) onChange({ banned: status.banned, added, lifted })
  }

  const look = async () => {
    const answer = await (await ask()).status()
    if (closed) return
    hasLooked = true
    const before = state
    state = answer.state === 'ok' ? { state: 'ok' } : answer
    if (answer.state === 'ok') take(answer.value)
    else if (last !== null && elapsed() - lastAt >= holdMs) {
      const lifted = last.banned
      last = null
      settings = null
      onChange({ banned: [], added: [], lifted })
    }
    if (JSON.stringify(state) !== JSON.stringify(before)) onState(state)
  }

  const askSettings = async () => {
    settingsAskedAt = elapsed()
    const answer = await (await ask()).settings()
    if (answer.state === 'ok') settings = answer.value
  }

  const tick = async () => {
    const began = elapsed()
    await inTurn(look)
    if (state.state === 'ok' && elapsed() - settingsAskedAt >= SETTINGS_EVERY_MS) await inTurn(askSettings)
    if (!closed) timer = setTimeout(tick, Math.max(0, intervalMs - (elapsed() - began))).unref()
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
      timer = setTimeout(tick, FIRST_LOOK_MS).unref()
    },

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
