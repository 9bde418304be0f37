export type AuditLevel = 'INFO' | 'WARNING'

/** A security event with escaped values, as it is written to every destination. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  at: number
  level: AuditLevel
  /** Stable name for programs. */
  event: string
  /** Fixed text in the log file, with the trailing `;`. */
  text: string
  address: string
  user: string
  target: string | null
  /** The tenant's id; absent for the operator. */
  tenant?: number
}

const MAX_VALUE = 128

const pad = (value: number) => String(value).padStart(2, '0')

/** `2026-04-24 14:32:11`, local time, as the Monitor writes it and fail2ban reads it. */
export function formatTime(at: Date): string {
  const date = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`
  return `${date} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`
}

/**
 * Escapes a value so that it cannot end a line or start a field: separators, control and other unprintable characters,
 * `=`, `"` and backslash become `\u{hex}`. Values over 128 characters are cut and end with `...`. Empty becomes `-`.
 */
export function escapeValue(text: string): string {
  let out = ''
  let count = 0
  for (const character of text) {
    if (++count > MAX_VALUE) return `${out}...`
    out += /[\p{C}\p{Z}=\\"]/u.test(character) ? `\\u{${character.codePointAt(0)!.toString(16)}}` : character
  }
  return out === '' ? '-' : out
}

/** The escaped form of a search value, which can be unescaped or copied from the log. */
export const readValue = (text: string): string =>
  text.includes('\\') && /^(?:[^\p{C}\p{Z}=\\"]|\\u\{[0-9a-f]{1,6}\})+$/u.test(text) ? text : escapeValue(text)

/** An escaped value for people: one with spaces is in quotes, which no value contains. All else stays escaped. */
export const readable = (escaped: string): string =>
  escaped.includes('\\u{20}') ? `"${escaped.replaceAll('\\u{20}', ' ')}"` : escaped

/** The event's text with address, user and, if present, target and tenant. */
const describeActor = ({ text, address, user, target, tenant }: AuditEntry): string =>
  `${text} rhost=${address} user=${user}${target === null ? '' : ` target=${target}`}${tenant === undefined ? '' : ` tenant=${tenant}`}`

/** One line of the authentication log. The address comes before all values that a client chooses. */
export const formatLine = (entry: AuditEntry): string =>
  `${formatTime(new Date(entry.at))} ${entry.level.padEnd(7)} proxmenux.auth: ${describeActor(entry)}\n`

/** Severities of RFC 5424. */
const SEVERITIES: Record<AuditLevel, number> = { WARNING: 4, INFO: 6 }

/** One line for journald, which reads the severity before it (sd-daemon(3)) and adds the time. */
export const formatJournalLine = (entry: AuditEntry): string =>
  `<${SEVERITIES[entry.level]}>proxmenux.auth: ${describeActor(entry)}\n`
