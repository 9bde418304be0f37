export type AuditLevel = 'INFO' | 'WARNING'

/** A security event as it is written everywhere: its values are escaped, once and for all. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  at: number
  level: AuditLevel
  /** Its name for programs, which does not change. */
  event: string
  /** Its fixed text in the log file, with the trailing `;`. */
  text: string
  address: string
  user: string
  target: string | null
}

const MAX_VALUE = 128

const pad = (value: number) => String(value).padStart(2, '0')

/** `2026-04-24 14:32:11`, local time, as the Monitor writes it and fail2ban reads it. */
export function formatTime(at: Date): string {
  const date = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`
  return `${date} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`
}

/**
 * A value that can end no line and begin no field: separators, control and other unprintable characters, `=`, `"` and
 * the escape's own backslash become `\u{hex}`; what is too long is cut, and says so. An empty value becomes `-`.
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

/** A value to look for: as somebody would type it, or as the log shows it. */
export const readValue = (text: string): string =>
  text.includes('\\') && /^(?:[^\p{C}\p{Z}=\\"]|\\u\{[0-9a-f]{1,6}\})+$/u.test(text) ? text : escapeValue(text)

/** What an event tells whom: `address user` and, where it is another, `target`. */
const describeActor = ({ text, address, user, target }: AuditEntry): string =>
  `${text} rhost=${address} user=${user}${target === null ? '' : ` target=${target}`}`

/** One line of the authentication log. The address comes first: nothing a client chose stands before it. */
export const formatLine = (entry: AuditEntry): string =>
  `${formatTime(new Date(entry.at))} ${entry.level.padEnd(7)} proxmenux.auth: ${describeActor(entry)}\n`

/** Severities of RFC 5424. */
const SEVERITIES: Record<AuditLevel, number> = { WARNING: 4, INFO: 6 }

/** One line for journald, which reads the severity before it (sd-daemon(3)) and adds the time. */
export const formatJournalLine = (entry: AuditEntry): string =>
  `<${SEVERITIES[entry.level]}>proxmenux.auth: ${describeActor(entry)}\n`
