import type { PlacedRecord } from './log-query.ts'

const MAX_MESSAGE = 65_536
const CURSOR = /^s=([0-9a-f]{32});i=([0-9a-f]{1,13});b=[0-9a-f]{32};m=[0-9a-f]+;t=([0-9a-f]{1,13});/

/** A value of `journalctl --output=json`: bytes if it is not text, null if it is too long. */
type Value = string | number[] | null
type Shown = Record<string, Value | Value[] | undefined>

/** The text of a field; undefined if the field is missing, null if it was too long to be printed. */
function textOf(value: Value | Value[] | undefined): string | null | undefined {
  if (!Array.isArray(value)) return value
  const [first] = value
  // A repeated field is an array of its values.
  return typeof first === 'number' ? Buffer.from(value as number[]).toString('utf8') : textOf(first)
}

/** Parses a line of `journalctl --output=json`; null if it is not an entry. The message is null if it was too long. */
export function parseEntry(line: string): PlacedRecord | null {
  let shown: Shown
  try {
    shown = JSON.parse(line) as Shown
  } catch {
    return null
  }
  const place = CURSOR.exec(String(shown.__CURSOR))
  const at = Number(shown.__REALTIME_TIMESTAMP)
  if (!place || !(at >= 0 && at <= Number.MAX_SAFE_INTEGER)) return null
  const text = (name: string): string | null => textOf(shown[name]) ?? null
  const message = textOf(shown.MESSAGE)
  const priority = text('PRIORITY')
  const pid = text('_PID')
  const [, sequenceId, seqnum, time] = place as unknown as [string, string, string, string]
  return {
    cursor: {
      kind: 'journal',
      sequenceId,
      seqnum: Number.parseInt(seqnum, 16),
      at: Number.parseInt(time, 16)
    },
    record: {
      at,
      priority: priority !== null && /^[0-7]$/.test(priority) ? Number(priority) : null,
      unit: (pid === '1' && text('UNIT')) || text('_SYSTEMD_UNIT') || null,
      identifier: text('SYSLOG_IDENTIFIER') ?? text('_COMM'),
      message: message === null ? null : (message ?? '').slice(0, MAX_MESSAGE),
      pid: pid ?? text('SYSLOG_PID'),
      hostname: text('_HOSTNAME')
    }
  }
}
