import type { AlertSeverity } from '../../schemas/host/alerts.ts'
import type { HealthStatus } from '../../schemas/host/system.ts'
import { SEVERITY } from '../health/level.ts'
import type { Check, Health } from '../health/monitor.ts'
import type { Line, LineState } from './types.ts'

/** What a channel knows of a health check. Times in milliseconds since the epoch. */
export interface CheckState {
  /** The level that the channel was last told. */
  told: HealthStatus
  toldAt: number
  /** Since when the level differs from it; null if it does not. */
  since: number | null
  /** When the channel was told of something worse, in the last hour. While the check flaps, also when it changed. */
  worse: number[]
  /** The last message of the check while it was a problem. */
  message: string
}

export const GROUP_MS = 30_000
const REPEAT_MS = 6 * 3_600_000
/** A check that got worse this often in an hour is flapping: it has to stay better for some time first. */
const FLAPS = 3
const HOUR_MS = 3_600_000
const SETTLE_MS = 600_000

const isBefore = (a: HealthStatus, b: HealthStatus) => SEVERITY[a] < SEVERITY[b]
const isFlapping = ({ worse }: CheckState): boolean => worse.length >= FLAPS

/** Whether a time has come. A clock that was set back must not delay it: then it has come too. */
const hasPassed = (from: number, ms: number, now: number): boolean => now - from >= ms || now < from

/** The level of a check as a channel sees it: below its least severity everything is healthy. */
const seenBy = (status: HealthStatus, least: AlertSeverity): HealthStatus =>
  isBefore(status, least) ? 'healthy' : status

export interface Present {
  level: HealthStatus
  message: string
  /** An acknowledged problem is not told, and not repeated. */
  isAcknowledged: boolean
}

/**
 * The present level of a check; null if it is not known. A check that is absent has ended, such as the one of a failed
 * unit. Just after a start (`isSettled` is false) sources may not have been read, and loads not be measured for long
 * enough: then nothing counts as better.
 */
export function presentOf(
  check: Check | undefined,
  state: CheckState | undefined,
  least: AlertSeverity,
  isSettled: boolean
): Present | null {
  if (!check) return isSettled && state ? { level: 'healthy', message: state.message, isAcknowledged: false } : null
  const level = seenBy(check.status, least)
  if (!isSettled && state && isBefore(level, state.told)) return null
  return { level, message: check.message, isAcknowledged: check.acknowledgement !== null }
}

/** Updates what differs. Undefined if there is nothing to remember. */
export function follow(state: CheckState | undefined, present: Present, now: number): CheckState | undefined {
  const { told = 'healthy', toldAt = 0, since = null, message = '' } = state ?? {}
  let worse = (state?.worse ?? []).filter((at) => now - at < HOUR_MS && at <= now)
  const isSame = present.level === told || present.isAcknowledged
  if (isSame && told === 'healthy' && worse.length === 0) return undefined
  // It goes on flapping, also while nothing of it is told.
  if (!isSame && since === null && worse.length >= FLAPS) worse = [...worse.slice(1), now]
  return {
    told,
    toldAt,
    since: isSame ? null : (since ?? now),
    worse,
    message: present.level === 'healthy' ? message : present.message
  }
}

/** How ready a check is for the next message. */
export type Readiness = 'due' | 'pending' | 'no'

export function readinessOf(state: CheckState, present: Present, now: number): Readiness {
  const { told, toldAt, since } = state
  if (since === null) {
    const isRepeated = told !== 'healthy' && !present.isAcknowledged && hasPassed(toldAt, REPEAT_MS, now)
    return isRepeated ? 'due' : 'no'
  }
  const waits = isFlapping(state) && isBefore(present.level, told)
  if (waits) return hasPassed(since, SETTLE_MS, now) ? 'due' : 'no'
  return hasPassed(since, GROUP_MS, now) ? 'due' : 'pending'
}

const capital = { healthy: 'Healthy', warning: 'Warning', critical: 'Critical' } as const

/** The line of a message, and what the channel knows after it. */
export function tell(check: string, state: CheckState, { level, message }: Present, now: number) {
  const { told } = state
  const isWorse = isBefore(told, level)
  const lineState: LineState =
    level === told ? 'still' : level === 'healthy' ? 'end' : told === 'healthy' ? 'begin' : isWorse ? 'worse' : 'better'
  const texts: Record<LineState, string> = {
    event: message,
    begin: `${capital[level]}: ${message}`,
    worse: `Worse, now critical: ${message}`,
    better: `Better, now a warning: ${message}`,
    end: `Resolved: ${message}`,
    still: `Still ${level}: ${message}`
  }
  const severity: AlertSeverity = level === 'critical' || told === 'critical' ? 'critical' : 'warning'
  const line: Line = { at: now, kind: 'health', severity, state: lineState, check, text: texts[lineState] }
  const worse = isWorse ? [...state.worse, now] : state.worse
  const next: CheckState = { ...state, told: level, toldAt: now, since: null, worse }
  return { line, state: next }
}

/** The severity of what would be told. */
export const severityOf = ({ told }: CheckState, { level }: Present): AlertSeverity =>
  told === 'critical' || level === 'critical' ? 'critical' : 'warning'

export const checksByName = (health: Health | null): Map<string, Check> =>
  new Map(health?.checks.map((check) => [check.check, check]))
