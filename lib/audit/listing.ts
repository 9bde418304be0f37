import type { AuditQueryString } from '../../schemas/security/audit.ts'
import type { Refusal } from '../auth/credential-check.ts'
import { readAddress } from '../auth/typed-text.ts'
import { normaliseAddress } from '../net/address.ts'
import type { AuditQuery, AuditStore } from '../storage/stores/audit.ts'
import type { AuditRow } from './chain.ts'
import { auditEvents } from './events.ts'
import { type AuditEntry, readValue } from './line.ts'

const DEFAULT_LIMIT = 100
/** A date, or a time with its zone. */
const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/

const messageOf = (text: string): string => text.replace(/;\s*$/, '')

/** An event in the form of the API and of JSON lines. */
const describe = ({ at, level, event, address, user, target }: Omit<AuditRow, 'id'>, text: string) => ({
  time: new Date(at).toISOString(),
  level,
  event,
  message: messageOf(text),
  ip: address,
  user,
  target
})

export const formatJsonLine = ({ tenant, ...entry }: AuditEntry): string =>
  `${JSON.stringify({ ...describe(entry, entry.text), ...(tenant !== undefined && { tenant_id: tenant }) })}\n`

// After a downgrade the index can contain events of a newer version.
const describeRow = (row: AuditRow) => ({ id: row.id, ...describe(row, auditEvents.get(row.event)?.text ?? row.event) })

const refuse = (reason: string): Refusal => ({ ok: false, code: 'VALIDATION', reason })

function readBefore(text: string): AuditQuery['before'] | null {
  if (/^\d{1,15}$/.test(text)) return { id: Number(text) }
  const at = TIME.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : { at }
}

/** Translates a client's query; a refusal names the invalid field. */
export function readAuditQuery(sent: AuditQueryString): { ok: true; query: AuditQuery } | Refusal {
  const query: AuditQuery = { limit: sent.limit ?? DEFAULT_LIMIT }
  if (sent.before !== undefined) {
    const before = readBefore(sent.before)
    if (!before) return refuse('before must be the id of an event or a time such as 2026-04-24T14:32:11Z')
    query.before = before
  }
  if (sent.event !== undefined) {
    if (!auditEvents.has(sent.event)) return refuse(`event must be one of ${[...auditEvents.keys()].join(', ')}`)
    query.event = sent.event
  }
  if (sent.ip !== undefined) {
    const address = normaliseAddress(readAddress(sent.ip))
    if (address === null) return refuse('ip must be an IPv4 or IPv6 address')
    query.address = address
  }
  if (sent.user !== undefined) query.user = readValue(sent.user)
  return { ok: true, query }
}

/** One page of events, newest first, and the `before` of the next page. */
export async function listEvents(store: Pick<AuditStore, 'list'>, query: AuditQuery) {
  const rows = await store.list({ ...query, limit: query.limit + 1 })
  const page = rows.slice(0, query.limit)
  return {
    success: true as const,
    events: page.map(describeRow),
    next_before: rows.length > page.length ? page.at(-1)!.id : null
  }
}
