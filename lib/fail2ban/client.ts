import { countIn } from '../host/plausible.ts'
import { createProgram } from '../programs/program.ts'

/** What stands in the way of an answer: no such program, no such jail, or anything else. */
export type Obstacle = { state: 'absent' | 'no_jail' | 'unreachable'; reason: string }
type Answer<T> = { state: 'ok'; value: T } | Obstacle

/** A count is null where fail2ban prints no plausible one. */
export interface JailStatus {
  currentlyFailed: number | null
  totalFailed: number | null
  currentlyBanned: number | null
  totalBanned: number | null
  /** Addresses and CIDRs as fail2ban spells them. Host names, which somebody may have banned by hand, are left out. */
  banned: string[]
}

/** Failures within so many seconds, and the ban's seconds; -1 is for good. */
export interface JailSettings {
  maxretry: number | null
  findtime: number | null
  bantime: number | null
}

export interface Fail2banClientOptions {
  file: string
  jail: string
  timeoutMs?: number
}

/** A quarter of a million addresses. */
const MAX_BYTES = 4 * 1024 * 1024

const unreachable = (reason: string): Obstacle => ({ state: 'unreachable', reason })
const puzzling = unreachable('its answer is not understood')

/** Reads what `fail2ban-client status <jail>` prints (0.11 to 1.1); null for anything else. */
export function parseStatus(text: string, jail: string): JailStatus | null {
  const lines = text.split('\n')
  if (lines[0] !== `Status for the jail: ${jail}` || lines.at(-1) !== '') return null
  const fields = new Map(lines.map((line) => /^[|` ]*- ([A-Za-z ]+):\t(.*)$/.exec(line)).map((m) => [m?.[1], m?.[2]]))
  const count = (label: string) => countIn(fields.get(label))
  const status = {
    currentlyFailed: count('Currently failed'),
    totalFailed: count('Total failed'),
    currentlyBanned: count('Currently banned'),
    totalBanned: count('Total banned')
  }
  const list = fields.get('Banned IP list')
  if (list === undefined) return null
  const banned = list.split(' ').filter((word) => /^[\da-fA-F.:]+(\/\d{1,3})?$/.test(word))
  // Some are banned, or may be, and none of them can be read.
  return banned.length === 0 && status.currentlyBanned !== 0 ? null : { ...status, banned }
}

/**
 * Reads what `fail2ban-client get <jail> banip --with-time` prints: when each ban ends, milliseconds since the epoch, in
 * lines such as `192.0.2.1 \t2026-11-29 00:13:40 + 3600 = 2026-11-29 01:13:40` in the host's time zone. -1 is for good.
 */
export function parseBanEnds(text: string): Map<string, number> {
  const lines = text.matchAll(/^(\S+)\s+(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) \+ (-?\d{1,12}) = /gm)
  const ends = new Map<string, number>()
  for (const [, address, day, time, seconds] of lines) {
    const end = Date.parse(`${day}T${time}`) + Number(seconds) * 1000
    if (!Number.isNaN(end)) ends.set(address!, Number(seconds) < 0 ? Number.POSITIVE_INFINITY : end)
  }
  return ends
}

/** Reads what `fail2ban-client get dbfile` prints; null where fail2ban keeps no file. */
export const parseDatabaseFile = (text: string): string | null =>
  /^Current database file is:\n`- (\/[^\n]{1,4096})\n$/.exec(text)?.[1] ?? null

/** Asks fail2ban by its own client program. Each question is one process; ask them one after the other. */
export function createFail2banClient({ file, jail, timeoutMs = 10_000 }: Fail2banClientOptions) {
  const program = createProgram({ file, timeoutMs, maxBytes: MAX_BYTES })

  const cut: Record<'missing' | 'slow' | 'long' | 'stopped', Obstacle> = {
    missing: { state: 'absent', reason: 'fail2ban is not installed' },
    slow: unreachable(`no answer within ${timeoutMs / 1000} s`),
    long: unreachable(`its answer is longer than ${MAX_BYTES} bytes`),
    stopped: unreachable('the daemon is shutting down')
  }

  const ask = async (...args: string[]): Promise<Answer<string>> => {
    const ending = await program.run(args)
    if (ending.kind === 'failed') return unreachable(`its client cannot be started: ${ending.reason}`)
    if (ending.kind !== 'ended') return cut[ending.kind]
    if (ending.code === 0) return { state: 'ok', value: ending.stdout }
    const told = ending.stdout + ending.stderr
    if (told.includes(`the jail '${jail}' does not exist`)) {
      return { state: 'no_jail', reason: `fail2ban has no jail ${jail}` }
    }
    if (/Is fail2ban running|Is it running/.test(told)) return unreachable('the fail2ban server is not running')
    if (/Permission denied/.test(told)) return unreachable('this user may not ask fail2ban; root may')
    return unreachable(`its client ended with ${ending.code ?? 'a signal'}`)
  }

  return {
    async status(): Promise<Answer<JailStatus>> {
      const answer = await ask('status', jail)
      if (answer.state !== 'ok') return answer
      const value = parseStatus(answer.value, jail)
      return value === null ? puzzling : { state: 'ok', value }
    },

    async settings(): Promise<Answer<JailSettings>> {
      const value: JailSettings = { maxretry: 0, findtime: 0, bantime: 0 }
      for (const name of ['maxretry', 'findtime', 'bantime'] as const) {
        const answer = await ask('get', jail, name)
        if (answer.state !== 'ok') return answer
        value[name] = /^-?\d{1,15}\n$/.test(answer.value) ? Number(answer.value) : null
      }
      return { state: 'ok', value }
    },

    /** Path of fail2ban's database; null where it keeps none on disk. */
    async databaseFile(): Promise<Answer<string | null>> {
      const answer = await ask('get', 'dbfile')
      return answer.state === 'ok' ? { state: 'ok', value: parseDatabaseFile(answer.value) } : answer
    },

    /** When the bans end, milliseconds since the epoch; without those whose end it does not tell. */
    async banEnds(): Promise<Answer<Map<string, number>>> {
      const answer = await ask('get', jail, 'banip', '--with-time')
      return answer.state === 'ok' ? { state: 'ok', value: parseBanEnds(answer.value) } : answer
    },

    /** False when the address was not banned. */
    async unban(address: string): Promise<Answer<boolean>> {
      const answer = await ask('set', jail, 'unbanip', address)
      return answer.state === 'ok' ? { state: 'ok', value: answer.value.trim() !== '0' } : answer
    },

    stop: program.stop
  }
}
export type Fail2banClient = ReturnType<typeof createFail2banClient>
