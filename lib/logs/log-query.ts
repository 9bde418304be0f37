import type { LogDownloadQuery, LogFilters } from '../../schemas/host/logs.ts'
import type { Refusal } from '../auth/credential-check.ts'

/** A log entry from the journal or a syslog file. */
export interface LogRecord {
  /** Microseconds since the epoch. */
  at: number
  priority: number | null
  unit: string | null
  identifier: string | null
  message: string
  pid: string | null
  hostname: string | null
}

/** The position of an entry, encoded in `next`: the following page has older entries. */
export type LogCursor =
  | { kind: 'journal'; sequenceId: string; seqnum: number; at: number }
  | { kind: 'file'; inode: number; offset: number; at: number }

/** A journal entry with its position; `message` is null if it was too long to be printed. */
export interface PlacedRecord {
  cursor: Extract<LogCursor, { kind: 'journal' }>
  record: Omit<LogRecord, 'message'> & { message: string | null }
}

/** The filters of a request; times in microseconds since the epoch, both ends included. */
export interface LogQuery {
  since: number
  until: number
  cursor: LogCursor | null
  priority: number | null
  unit: string | null
  identifier: string | null
  /** In lower case. */
  search: string | null
  currentBoot: boolean
}

export const LEVELS = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug'] as const
const LEVEL_NAMES: ReadonlyMap<string, number> = new Map([
  ...LEVELS.flatMap((level, priority): [string, number][] => [
    [level, priority],
    [String(priority), priority]
  ]),
  // Names used by journalctl.
  ['emerg', 0],
  ['crit', 2],
  ['err', 3]
])

/** A date, or a time with its zone. */
const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/
const CURSOR = /^(j-[0-9a-f]{32}|f-[0-9a-f]{1,13})-([0-9a-f]{1,13})-([0-9a-f]{1,13})$/
const HOUR_US = 3_600_000_000

export const formatCursor = (cursor: LogCursor): string => {
  const hex = (value: number) => value.toString(16)
  return cursor.kind === 'journal'
    ? `j-${cursor.sequenceId}-${hex(cursor.seqnum)}-${hex(cursor.at)}`
    : `f-${hex(cursor.inode)}-${hex(cursor.offset)}-${hex(cursor.at)}`
}

function readCursor(text: string): LogCursor | null {
  const match = CURSOR.exec(text)
  if (!match) return null
  const [whole, place, number, time] = match as unknown as [string, string, string, string]
  const at = Number.parseInt(time, 16)
  const count = Number.parseInt(number, 16)
  if (whole.startsWith('j')) return { kind: 'journal', sequenceId: place.slice(2), seqnum: count, at }
  return { kind: 'file', inode: Number.parseInt(place.slice(2), 16), offset: count, at }
}

const refuse = (reason: string): Refusal => ({ ok: false, code: 'VALIDATION', reason })
const microseconds = (text: string): number => (TIME.test(text) ? Date.parse(text) * 1000 : Number.NaN)

/** A filter of the Monitor's clients, whose `all` is no filter. */
const unlessAll = (value?: string): string | undefined => (value === 'all' ? undefined : value)

/** `hours` and `level` are of downloads only. */
type SentFilters = LogFilters & Pick<LogDownloadQuery, 'hours' | 'level'>

/** Validates and converts the filters of a request; `now` in milliseconds since the epoch. */
export function readLogQuery(sent: SentFilters, now: number): { ok: true; query: LogQuery } | Refusal {
  const hours = sent.since_days === undefined ? sent.hours : sent.since_days * 24
  const query: LogQuery = {
    since: hours === undefined ? 0 : now * 1000 - hours * HOUR_US,
    until: Number.MAX_SAFE_INTEGER,
    cursor: null,
    priority: null,
    unit: sent.unit ?? unlessAll(sent.service) ?? null,
    identifier: sent.identifier ?? null,
    search: sent.search?.toLowerCase() ?? null,
    currentBoot: sent.boot === 'current'
  }
  for (const name of ['since', 'until'] as const) {
    if (sent[name] === undefined) continue
    query[name] = microseconds(sent[name])
    if (Number.isNaN(query[name])) return refuse(`${name} must be a time such as 2026-04-24T14:32:11Z`)
  }
  // Times have milliseconds: includes the whole last millisecond.
  if (sent.until !== undefined) query.until += 999
  if (sent.before !== undefined) {
    query.cursor = readCursor(sent.before)
    const at = query.cursor ? 0 : microseconds(sent.before)
    if (Number.isNaN(at))
      return refuse('before must be the `next` of an answer, or a time such as 2026-04-24T14:32:11Z')
    if (query.cursor === null) query.until = Math.min(query.until, at - 1)
  }
  const priority = sent.priority ?? unlessAll(sent.level)
  if (priority !== undefined) {
    query.priority = LEVEL_NAMES.get(priority) ?? null
    if (query.priority === null) return refuse(`priority must be 0 to 7, or one of ${LEVELS.join(', ')}`)
  }
  // Arguments of a program cannot contain a null character.
  for (const name of ['unit', 'identifier'] as const) {
    if (query[name]?.includes('\0')) return refuse(`${name} contains a null character`)
  }
  // Without a suffix it is a service, as for journalctl.
  if (query.unit !== null && !/\.[a-z]+$/.test(query.unit)) query.unit += '.service'
  return { ok: true, query }
}

/** Whether a record matches the filters, except time and boot, which the caller checks. */
export function matches(record: LogRecord, { priority, unit, identifier, search }: LogQuery): boolean {
  if (priority !== null && (record.priority === null || record.priority > priority)) return false
  if (unit !== null && record.unit !== unit) return false
  if (identifier !== null && record.identifier !== identifier) return false
  if (search === null) return true
  return [record.message, record.identifier, record.unit].some((text) => text?.toLowerCase().includes(search))
}
