import { randomUUID } from 'node:crypto'
import type { Channel } from '../../schemas/host/alerts.ts'
import type { Check } from '../health/monitor.ts'
import { follow, GROUP_MS, type Present, presentOf, readinessOf, severityOf, tell } from './health-lines.ts'
import { isQuiet } from './quiet-hours.ts'
import type { ChannelRecord, Message } from './records.ts'
import type { SecurityEvent } from './security-events.ts'
import type { Content, Line } from './types.ts'

/** Security events that wait for one message; more are counted. */
const MAX_PENDING = 50
const MAX_LINES = 50
const MAX_CHECKS = 500
const MAX_TOLD = 1000
const REPEAT_MS = 6 * 3_600_000
/** Messages an hour without a critical event; further events wait for the next. */
export const MAX_AN_HOUR = 20

/** Adds a security event to what waits, unless the rules of the channel leave it out. Whether the record has changed. */
export function collect(channel: Channel, record: ChannelRecord, event: SecurityEvent, now: number): boolean {
  const { kind, severity, text, at, repeatKey } = event
  if (!channel.kinds.includes(kind) || (channel.min_severity === 'critical' && severity !== 'critical')) return false
  if (repeatKey !== null) {
    const before = record.told[repeatKey]
    if (before !== undefined && before <= now && now - before < REPEAT_MS) return false
    delete record.told[repeatKey]
    record.told[repeatKey] = now
    const keys = Object.keys(record.told)
    if (keys.length > MAX_TOLD) delete record.told[keys[0]!]
  }
  const line: Line = { at, kind, severity, state: 'event', check: null, text }
  if (record.pending.length < MAX_PENDING) record.pending.push(line)
  // A critical event must not be lost in a flood of warnings.
  else if (severity === 'critical') replaceWarning(record, line)
  else record.more++
  return true
}

function replaceWarning(record: ChannelRecord, line: Line): void {
  const index = record.pending.findLastIndex((each) => each.severity === 'warning')
  record.more++
  if (index === -1) return
  record.pending.splice(index, 1)
  record.pending.push(line)
}

/** Follows the checks of the host. Whether the record has changed. */
export function followChecks(
  channel: Channel,
  record: ChannelRecord,
  checks: ReadonlyMap<string, Check>,
  now: number,
  isSettled: boolean
): boolean {
  if (!channel.kinds.includes('health')) return false
  let hasChanged = false
  for (const name of new Set([...checks.keys(), ...Object.keys(record.checks)])) {
    // A channel does not tell of itself: when it could, the problem is over.
    if (name === `alerts:${channel.id}`) continue
    const before = record.checks[name]
    const present = presentOf(checks.get(name), before, channel.min_severity, isSettled)
    if (present === null) continue
    const after = follow(before, present, now)
    if (after === undefined) {
      if (before) hasChanged = true
      delete record.checks[name]
    } else if (before || Object.keys(record.checks).length < MAX_CHECKS) {
      hasChanged ||= before?.since !== after.since || before?.worse.length !== after.worse.length
      record.checks[name] = after
    }
  }
  return hasChanged
}

/**
 * Forgets what was told under other rules, so that a changed rule neither ends nor begins anything. Whether the record
 * has changed.
 */
export function applyRules(
  channel: Channel,
  record: ChannelRecord,
  checks: ReadonlyMap<string, Check>,
  now: number
): boolean {
  const { min_severity: least, kinds, is_enabled: isEnabled } = channel
  const rules = JSON.stringify([least, kinds, isEnabled])
  if (record.rules === rules) return false
  record.rules = rules
  const isWanted = ({ kind, severity }: Line) =>
    kinds.includes(kind) && (least === 'warning' || severity === 'critical')
  record.pending = isEnabled ? record.pending.filter(isWanted) : []
  if (record.pending.length === 0) record.more = 0
  const known = isEnabled && kinds.includes('health') ? Object.entries(record.checks) : []
  record.checks = {}
  for (const [name, state] of known) {
    const present = presentOf(checks.get(name), undefined, least, true)
    if (present && present.level !== 'healthy')
      record.checks[name] = { ...state, told: present.level, toldAt: now, since: null, message: present.message }
  }
  return true
}

interface Ready {
  name: string
  present: Present
}

/**
 * The next message of a channel, or null: thirty seconds after the first event that waits, with all that came
 * meanwhile. In quiet hours only critical events are due. `recent` are the messages of the last hour.
 */
export function compose(
  channel: Channel,
  record: ChannelRecord,
  checks: ReadonlyMap<string, Check>,
  options: { now: number; host: string; isSettled: boolean; recent: number }
): Omit<Content, 'isTest'> | null {
  const { now, host, isSettled, recent } = options
  const quiet = isQuiet(channel.quiet_hours, now)
  const allows = (severity: string) => !quiet || severity === 'critical'
  const lines = record.pending.filter(({ severity }) => allows(severity))
  const ready: Ready[] = []
  let isDue = lines.some(({ at }) => now - at >= GROUP_MS || now < at)
  let isCritical = lines.some(({ severity }) => severity === 'critical')
  for (const [name, state] of Object.entries(record.checks)) {
    const present = presentOf(checks.get(name), state, channel.min_severity, isSettled)
    if (present === null) continue
    const readiness = readinessOf(state, present, now)
    const severity = severityOf(state, present)
    if (readiness === 'no' || !allows(severity)) continue
    isDue ||= readiness === 'due'
    isCritical ||= severity === 'critical'
    ready.push({ name, present })
  }
  if (!isDue || (recent >= MAX_AN_HOUR && !isCritical)) return null

  for (const { name, present } of ready) {
    const told = tell(name, record.checks[name]!, present, now)
    record.checks[name] = told.state
    lines.push(told.line)
  }
  record.pending = record.pending.filter((line) => !lines.includes(line))
  const uncollected = quiet ? 0 : record.more
  record.more -= uncollected
  lines.sort((a, b) => Number(b.severity === 'critical') - Number(a.severity === 'critical'))
  const shown = lines.slice(0, MAX_LINES)
  return {
    host,
    severity: isCritical ? 'critical' : 'warning',
    title: titleOf(host, lines, lines.length + uncollected),
    lines: shown,
    more: lines.length - shown.length + uncollected
  }
}

function titleOf(host: string, lines: readonly Line[], count: number): string {
  if (count === 1) return `${host}: ${lines[0]!.text}`.slice(0, 200)
  const critical = lines.filter(({ severity, state }) => severity === 'critical' && state !== 'end').length
  const ended = lines.filter(({ state }) => state === 'end').length
  const parts = [...(critical > 0 ? [`${critical} critical`] : []), ...(ended > 0 ? [`${ended} resolved`] : [])]
  return `${host}: ${count} events${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`
}

/** A message that waits for its delivery. */
export const waiting = (channel: Channel, content: Omit<Content, 'isTest'>, at: number): Omit<Message, 'id'> => ({
  ...content,
  isTest: false,
  uuid: randomUUID(),
  at,
  channelId: channel.id,
  channel: channel.name,
  state: 'waiting',
  attempts: 0,
  status: null,
  reason: null,
  finishedAt: null
})
