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

/** A hundred names of 200 characters are a settings.json one can still read. */
const MAX_ACKNOWLEDGED = 100
/** An acknowledgement from further in the future than clocks differ is none: the clock was set back. */
const SKEW_MS = 300_000

const defaultOf = (name: GaugeName): Threshold => ({ warning: gauges[name].warning, critical: gauges[name].critical })
/** Of the certificate's days the fewer are the worse. */
export const isDownwards = (name: GaugeName): boolean => gauges[name].warning > gauges[name].critical
const isInOrder = (name: GaugeName, { warning, critical }: Threshold): boolean =>
  isDownwards(name) ? critical < warning : critical > warning

/** Parts of the settings as they are to be, or why not. */
export type SettingsChange = { ok: true; settings: HealthSettings } | Refusal

/** The thresholds in force. Those of settings.json that contradict each other count for nothing and are named. */
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

/** What stands in settings.json after a change; null resets. Defaults are not stored. */
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

/** One that holds now. It covers no level worse than the one it was given for. */
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

export interface AcknowledgeRequest extends AcknowledgeBody {
  status: 'warning' | 'critical'
  by: string
  now: number
}

/** With one more, in place of an earlier one of the same check; without those whose time is over. */
export function acknowledge(
  { acknowledged: stored = [] }: HealthSettings,
  { check, status, duration, reason = '', by, now }: AcknowledgeRequest
): SettingsChange {
  const others = stored.filter((each) => each.check !== check && !isOver(now)(each))
  if (others.length >= MAX_ACKNOWLEDGED)
    return { ok: false, code: 'CONFLICT', reason: `no more than ${MAX_ACKNOWLEDGED} problems can be acknowledged` }
  const at = isoTime(now)
  const one = { check, status, at, until: isoTime(now + duration * 1000), by: by.slice(0, 256), reason }
  return { ok: true, settings: { acknowledged: [...others, one] } }
}

export function withdraw({ acknowledged: stored = [] }: HealthSettings, check: string, now: number): SettingsChange {
  if (!stored.some((each) => each.check === check && !isOver(now)(each)))
    return { ok: false, code: 'NOT_FOUND', reason: 'this check is not acknowledged' }
  const others = stored.filter((each) => each.check !== check && !isOver(now)(each))
  return { ok: true, settings: { acknowledged: others } }
}
