import { access } from 'node:fs/promises'
import { countIn } from '../host/plausible.ts'
import { createProgram } from '../programs/program.ts'

/** Why fail2ban gave no answer: the program is not installed, the jail does not exist, or another reason. */
export type Unavailable = { state: 'absent' | 'no_jail' | 'unreachable'; reason: string }
type Answer<T> = { state: 'ok'; value: T } | Unavailable

/** A count is null if fail2ban prints no plausible number. */
export interface JailStatus {
  currentlyFailed: number | null
  totalFailed: number | null
  currentlyBanned: number | null
  totalBanned: number | null
  /** Addresses and CIDRs as fail2ban prints them. Host names banned by hand are left out. */
  banned: string[]
}

/** `maxretry` failures within `findtime` seconds cause a ban of `bantime` seconds; -1 is permanent. */
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

/** Enough for 250,000 addresses. */
const MAX_BYTES = 4 * 1024 * 1024
/** The client reads the path of the socket from fail2ban's configuration, which may change. */
const SOCKET_KNOWN_MS = 300_000

const unreachable = (reason: string): Unavailable => ({ state: 'unreachable', reason })
const notRunning = unreachable('the fail2ban server is not running')
const unexpectedOutput = unreachable('its output has an unknown format')

/** Parses the output of `fail2ban-client status <jail>` (0.11 to 1.1); null if the format is unknown. */
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
  // Bans may exist, but no entry could be parsed.
  return banned.length === 0 && status.currentlyBanned !== 0 ? null : { ...status, banned }
}

/**
 * Parses the output of `fail2ban-client get <jail> banip --with-time`: the end of each ban in milliseconds since the
 * epoch. Lines such as `192.0.2.1 \t2026-11-29 00:13:40 + 3600 = 2026-11-29 01:13:40` are in the host's time zone; -1
 * seconds is permanent (Infinity).
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

/** Parses the output of `fail2ban-client version`; null for an unknown output. */
export const parseVersion = (text: string): string | null => /^v?(\d+(?:\.[\w-]+){1,4})\n$/.exec(text)?.[1] ?? null

/** Parses the output of `fail2ban-client get dbfile`; null if fail2ban has no database file. */
export const parseDatabaseFile = (text: string): string | null =>
  /^Current database file is:\n`- (\/[^\n]{1,4096})\n$/.exec(text)?.[1] ?? null

/** Queries fail2ban with its client program. Each query starts one process; run them one at a time. */
export function createFail2banClient({ file, jail, timeoutMs = 10_000 }: Fail2banClientOptions) {
  const program = createProgram({ file, timeoutMs, maxBytes: MAX_BYTES })

  const failures: Record<'missing' | 'slow' | 'long' | 'stopped', Unavailable> = {
    missing: { state: 'absent', reason: 'fail2ban is not installed' },
    slow: unreachable(`no answer within ${timeoutMs / 1000} s`),
    long: unreachable(`its answer is longer than ${MAX_BYTES} bytes`),
    stopped: unreachable('the daemon is shutting down')
  }

  /** The socket that the client did not find, and when it said so. */
  let missing: { socket: string; at: number } | null = null
  /** True while fail2ban does not run: one look instead of a Python program. */
  const hasNoServer = async (): Promise<boolean> =>
    missing !== null &&
    performance.now() - missing.at < SOCKET_KNOWN_MS &&
    (await access(missing.socket).catch(({ code }) => code)) === 'ENOENT'

  const ask = async (...args: string[]): Promise<Answer<string>> => {
    if (await hasNoServer()) return notRunning
    const ending = await program.run(args)
    if (ending.kind === 'failed') return unreachable(`its client cannot be started: ${ending.reason}`)
    if (ending.kind !== 'ended') return failures[ending.kind]
    if (ending.code === 0) return { state: 'ok', value: ending.stdout }
    const output = ending.stdout + ending.stderr
    const socket = /Failed to access socket path: (\/\S+)\. Is fail2ban running\?/.exec(output)?.[1]
    missing = socket === undefined ? null : { socket, at: performance.now() }
    if (output.includes(`the jail '${jail}' does not exist`)) {
      return { state: 'no_jail', reason: `fail2ban has no jail ${jail}` }
    }
    if (/Is fail2ban running|Is it running/.test(output)) return notRunning
    if (/Permission denied/.test(output)) return unreachable('permission denied: only root may use fail2ban-client')
    return unreachable(`its client failed with ${ending.code === null ? 'a signal' : `exit code ${ending.code}`}`)
  }

  return {
    async status(): Promise<Answer<JailStatus>> {
      const answer = await ask('status', jail)
      if (answer.state !== 'ok') return answer
      const value = parseStatus(answer.value, jail)
      return value === null ? unexpectedOutput : { state: 'ok', value }
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

    /** The version of fail2ban; null for an unknown output. */
    async version(): Promise<Answer<string | null>> {
      const answer = await ask('version')
      return answer.state === 'ok' ? { state: 'ok', value: parseVersion(answer.value) } : answer
    },

    /** Path of fail2ban's database; null if it has no database on disk. */
    async databaseFile(): Promise<Answer<string | null>> {
      const answer = await ask('get', 'dbfile')
      return answer.state === 'ok' ? { state: 'ok', value: parseDatabaseFile(answer.value) } : answer
    },

    /** The ends of the bans in milliseconds since the epoch. Bans without a printed end are missing. */
    async banEnds(): Promise<Answer<Map<string, number>>> {
      const answer = await ask('get', jail, 'banip', '--with-time')
      return answer.state === 'ok' ? { state: 'ok', value: parseBanEnds(answer.value) } : answer
    },

    /** False if the address was not banned. */
    async unban(address: string): Promise<Answer<boolean>> {
      const answer = await ask('set', jail, 'unbanip', address)
      return answer.state === 'ok' ? { state: 'ok', value: answer.value.trim() !== '0' } : answer
    },

    stop: program.stop
  }
}
export type Fail2banClient = ReturnType<typeof createFail2banClient>
