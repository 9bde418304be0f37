export type AuditLevel = 'INFO' | 'WARNING'

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

export interface AuditLine {
  at: Date
  level: AuditLevel
  /** A fixed text of ours with its trailing `;`. */
  event: string
  address: string
  user: string
  target?: string
}

/** One line of the authentication log. The address comes first: nothing a client chose stands before it. */
export const formatLine = ({ at, level, event, address, user, target }: AuditLine): string => {
  const about = target === undefined ? '' : ` target=${escapeValue(target)}`
  return `${formatTime(at)} ${level.padEnd(7)} proxmenux.auth: ${event} rhost=${escapeValue(address)} user=${escapeValue(user)}${about}\n`
}
