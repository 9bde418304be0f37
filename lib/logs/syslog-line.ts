import type { LogRecord } from './log-query.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const OLD = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (.*)$/s
const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,6})?(Z|[+-]\d\d:\d\d) (.*)$/s
const REST = /^(\S+) (?:([^\s:[]{1,128})(?:\[(\d{1,10})\])?: ?)?(.*)$/s
const DAY_MS = 86_400_000

function readTime(line: string, newer: number): { at: number; rest: string } | null {
  const iso = ISO.exec(line)
  if (iso) {
    const milliseconds = Date.parse(iso[1]! + iso[3]!)
    if (Number.isNaN(milliseconds)) return null
    return { at: milliseconds * 1000 + Math.round(Number(iso[2] ?? 0) * 1e6), rest: iso[4]! }
  }
  const old = OLD.exec(line)
  const month = old ? MONTHS.indexOf(old[1]!) : -1
  if (!old || month === -1) return null
  const [day, hour, minute, second] = old.slice(2, 6).map(Number)
  const inYear = (year: number) => new Date(year, month, day, hour, minute, second).getTime()
  const limit = newer / 1000 + DAY_MS
  const year = new Date(limit).getFullYear()
  const milliseconds = inYear(year) > limit ? inYear(year - 1) : inYear(year)
  return { at: milliseconds * 1000, rest: old[6]! }
}

/**
 * Parses a line of rsyslog, with an ISO time or an RFC 3164 time. The latter is local and has no year: the year is the
 * latest for which the line is at most a day newer than `newer` (microseconds since the epoch). Null without a time.
 */
export function parseSyslogLine(line: string, newer: number): LogRecord | null {
  const time = readTime(line, newer)
  const match = time && REST.exec(time.rest)
  if (!match) return null
  const [, hostname, identifier, pid, message] = match
  return {
    at: time.at,
    priority: null,
    unit: null,
    hostname: hostname!,
    identifier: identifier ?? null,
    pid: pid ?? null,
    message: message!
  }
}
