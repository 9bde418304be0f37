import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readLogQuery } from '../../lib/logs/log-query.ts'
import { createLogs, type LogsOptions } from '../../lib/logs/logs.ts'
import type { LogEntry, LogFilters, LogsReply } from '../../schemas/host/logs.ts'

const remote = '/lib/systemd/systemd-journal-remote'
/** What makes real journal files; on a user's machine without it the test says what installs it, on CI it fails. */
export const missing =
  existsSync(remote) || process.env.CI ? false : 'needs systemd-journal-remote: apt-get install systemd-journal-remote'

export const MACHINE = '0123456789abcdef0123456789abcdef'
export const BOOTS = ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'] as const
/** Microseconds since the epoch of the first entry made. */
export const BEGIN = 1_700_000_000_000_000

export interface MadeEntry {
  /** Microseconds since the epoch. */
  at: number
  boot?: string
  fields: Record<string, string | Buffer>
}

/** The journal export format (systemd's JOURNAL_EXPORT_FORMATS): text that has no line end as a line, all else by length. */
function exportEntry({ at, boot = BOOTS[0], fields }: MadeEntry): Buffer {
  const head = `__REALTIME_TIMESTAMP=${at}\n__MONOTONIC_TIMESTAMP=${at - BEGIN + 1000}\n_BOOT_ID=${boot}\n`
  const parts: Buffer[] = [Buffer.from(head)]
  for (const [name, value] of Object.entries(fields)) {
    const bytes = Buffer.from(value as string)
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(bytes.length))
    parts.push(Buffer.from(`${name}\n`), length, bytes, Buffer.from('\n'))
  }
  parts.push(Buffer.from('\n'))
  return Buffer.concat(parts)
}

/** Writes a journal file as systemd does. */
export function makeJournal(path: string, entries: MadeEntry[], env: Record<string, string> = {}): string {
  mkdirSync(dirname(path), { recursive: true })
  execFileSync(remote, ['-o', path, '-'], {
    input: Buffer.concat(entries.map(exportEntry)),
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
    maxBuffer: 1e9
  })
  return path
}

export const entryOf = (i: number, more: Record<string, string | Buffer> = {}): MadeEntry => ({
  at: BEGIN + i * 1_000_000,
  boot: BOOTS[i < 500 ? 0 : 1],
  fields: {
    MESSAGE: `message ${i}`,
    PRIORITY: String(i % 8),
    _SYSTEMD_UNIT: `unit${i % 5}.service`,
    SYSLOG_IDENTIFIER: `program${i % 3}`,
    _PID: String(100 + (i % 50)),
    _HOSTNAME: 'pve1',
    _SOURCE_REALTIME_TIMESTAMP: String(BEGIN + i * 1_000_000),
    CODE_LINE: String(i),
    ...more
  }
})
export const entriesFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => entryOf(first + i))

export const systemFile = (logDir: string, name = 'system.journal') => join(logDir, 'journal', MACHINE, name)

/** The logs of such a folder and nothing else, and a way to ask them as a client does. */
export function openLogs(logDir: string, more: Partial<LogsOptions> = {}) {
  const options = {
    logDir,
    runDir: join(logDir, 'run'),
    etcDir: join(logDir, 'etc'),
    now: Date.now,
    timeoutMs: 60_000,
    ...more
  }
  const logs = createLogs(options)
  const list = async (sent: LogFilters = {}, limit = 100): Promise<LogsReply> => {
    const read = readLogQuery(sent, Date.now())
    if (!read.ok) throw new Error('the query is refused')
    return (await logs.list(read.query, limit, AbortSignal.timeout(600_000)))!
  }
  return {
    logs,
    list,
    /** Page by page to the end. */
    async all(sent: LogFilters = {}, limit = 100): Promise<LogEntry[]> {
      const found: LogEntry[] = []
      let page = await list(sent, limit)
      found.push(...page.logs)
      while (page.next !== null) {
        page = await list({ ...sent, before: page.next }, limit)
        found.push(...page.logs)
      }
      return found
    }
  }
}

type Shown = Record<string, string | number[] | null>

/** What journalctl shows of these files, the newest first. */
export function journalctl(files: string[], ...args: string[]): Shown[] {
  const output = execFileSync(
    'journalctl',
    [...files.map((file) => `--file=${file}`), '--reverse', '--all', '-o', 'json', '--quiet', ...args],
    { encoding: 'utf8', maxBuffer: 1e9, env: { ...process.env, TZ: 'UTC' } }
  )
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

/** What both tell of an entry, in one form. */
export const fromJournalctl = (shown: Shown) => [
  new Date(Math.floor(Number(shown.__REALTIME_TIMESTAMP) / 1000)).toISOString(),
  shown.PRIORITY ?? null,
  shown._SYSTEMD_UNIT ?? null,
  shown.SYSLOG_IDENTIFIER ?? null,
  shown._PID ?? null,
  Array.isArray(shown.MESSAGE) ? Buffer.from(shown.MESSAGE).toString('utf8') : (shown.MESSAGE ?? '')
]
export const fromAnswer = ({ timestamp, priority, unit, identifier, pid, message }: LogEntry) => [
  timestamp,
  priority === null ? null : String(priority),
  unit,
  identifier,
  pid,
  message
]
