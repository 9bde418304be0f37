import {
  type AcknowledgeBody,
  type Acknowledgement,
  type GaugeName,
  gaugeNames,
  gauges,
  type HealthSettings,
  type Threshold,
  type ThresholdChanges,
  type Thresholds,
  type ThresholdsBody
} from '../../schemas/host/health.ts'
import type { HealthStatus } from '../../schemas/host/system.ts'
import type { Refusal } from '../auth/credential-check.ts'
import { SEVERITY } from './level.ts'

/** Keeps settings.json readable: names have up to 200 characters. */
const MAX_ACKNOWLEDGED = 100
/** An acknowledgement from further in the future is ignored: the clock was set back since. */
const SKEW_MS = 300_000

const defaultOf = (name: GaugeName): Threshold => ({ warning: gauges[name].warning, critical: gauges[name].critical })
/** True if lower values are worse, as for the days until the certificate expires. */
export const isDownwards = (name: GaugeName): boolean => gauges[name].warning > gauges[name].critical
const isInOrder = (name: GaugeName, { warning, critical }: Threshold): boolean =>
  isDownwards(name) ? critical < warning : critical > warning

/** The changed parts of the settings, or the refusal. */
export type SettingsChange = { ok: true; settings: HealthSettings } | Refusal

/** The effective thresholds. Contradictory thresholds in settings.json are replaced by defaults and listed. */
export function readThresholds(changes: ThresholdChanges = {}): {
  thresholds: Thresholds
  contradictions: GaugeName[]
} {
  const contradictions: GaugeName[] = []
  const entries = gaugeNames.map((name) => {
    const wanted = { ...defaultOf(name), ...changes[name] }
    if (isInOrder(name, wanted)) return [name, wanted]
    contradictions.push(name)
    return [name, defaultOf(name)]
  })
  return { thresholds: Object.fromEntries(entries), contradictions }
}

/** Applies a change of thresholds; null resets to the default. Defaults are not stored in settings.json. */
export function changeThresholds({ thresholds: stored = {} }: HealthSettings, body: ThresholdsBody): SettingsChange {
  const changes: ThresholdChanges = { ...stored }
  for (const name of gaugeNames) {
    const change = body[name]
    if (change === undefined) continue
    const initial = defaultOf(name)
    const before = change === null ? initial : { ...initial, ...changes[name] }
    const wanted = { warning: change?.warning ?? before.warning, critical: change?.critical ?? before.critical }
    if (!isInOrder(name, wanted)) {
      const reason = `${name}: critical must be ${isDownwards(name) ? 'below' : 'above'} warning (${wanted.critical}, ${wanted.warning})`
      return { ok: false, code: 'VALIDATION', reason }
    }
    if (wanted.warning === initial.warning && wanted.critical === initial.critical) delete changes[name]
    else changes[name] = wanted
  }
  return { ok: true, settings: { thresholds: changes } }
}

/** The valid acknowledgement of a check. It does not cover a level worse than the acknowledged one. */
export function findAcknowledgement(
  settings: HealthSettings | undefined,
  check: string,
  status: HealthStatus,
  now: number
): Acknowledgement | null {
  return (
    settings?.acknowledged?.find(
      (each) =>
        each.check === check &&
        SEVERITY[status] <= SEVERITY[each.status] &&
        Date.parse(each.until) > now &&
        Date.parse(each.at) <= now + SKEW_MS
    ) ?? null
  )
}

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()
const isOver = (now: number) => (each: Acknowledgement) => !(Date.parse(each.until) > now)

/** What is to be acknowledged, and for how many seconds. */
export interface AcknowledgeWish {
  check: string
  duration: number
  reason?: string | undefined
}

const HOUR_S = 3600
/** What the Monitor takes for a request that names no time. */
const DEFAULT_HOURS = 24
const LONGEST_HOURS = 8760

/** The wish of a body in our names or in those of the Monitor's client. */
export function readAcknowledgeWish(body: AcknowledgeBody): { ok: true; wish: AcknowledgeWish } | Refusal {
  const { error_key, check = error_key, reason } = body
  const duration = body.duration ?? durationOf(body)
  if (check === undefined || duration === null)
    return { ok: false, code: 'VALIDATION', reason: 'check and duration are required' }
  return { ok: true, wish: { check, duration, reason } }
}

/** Seconds, by the Monitor's fields; null without them. */
function durationOf({ error_key, suppression_hours: hours }: AcknowledgeBody): number | null {
  if (hours === -1) return LONGEST_HOURS * HOUR_S
  if (hours === undefined) return error_key === undefined ? null : DEFAULT_HOURS * HOUR_S
  return hours === 0 ? null : hours * HOUR_S
}

export interface AcknowledgeRequest extends AcknowledgeWish {
  status: 'warning' | 'critical'
  by: string
  now: number
}

/** Adds or replaces the acknowledgement of a check, and removes expired ones. Refuses beyond 100. */
export function acknowledge(
  { acknowledged: stored = [] }: HealthSettings,
  { check, status, duration, reason = '', by, now }: AcknowledgeRequest
): SettingsChange {
  const others = stored.filter((each) => each.check !== check && !isOver(now)(each))
  if (others.length >= MAX_ACKNOWLEDGED)
    return {
      ok: false,
      code: 'CONFLICT',
      reason: `${MAX_ACKNOWLEDGED} problems are already acknowledged; remove an acknowledgement first`
    }
  const at = isoTime(now)
  const one = { check, status, at, until: isoTime(now + duration * 1000), by: by.slice(0, 256), reason }
  return { ok: true, settings: { acknowledged: [...others, one] } }
}

/** Removes the acknowledgement of a check. Refuses with NOT_FOUND if there is none. */
export function withdraw({ acknowledged: stored = [] }: HealthSettings, check: string, now: number): SettingsChange {
  if (!stored.some((each) => each.check === check && !isOver(now)(each)))
    return { ok: false, code: 'NOT_FOUND', reason: 'this check is not acknowledged' }
  const others = stored.filter((each) => each.check !== check && !isOver(now)(each))
  return { ok: true, settings: { acknowledged: others } }
}
