import type { HealthCategory } from '../../schemas/host/health.ts'
import {
  type MonitorCategory,
  type MonitorDetail,
  type MonitorHealth,
  type MonitorState,
  monitorCategories,
  monitorCategoryParts
} from '../../schemas/host/monitor-health.ts'
import type { HealthStatus } from '../../schemas/host/system.ts'
import { SEVERITY } from './level.ts'
import type { Check, Health } from './monitor.ts'

const HOUR_MS = 3_600_000
/** Problems named in one reason. */
const MAX_REASONS = 3

const categoryOf = Object.fromEntries(
  monitorCategories.flatMap((name) => monitorCategoryParts[name].map((part) => [part, name]))
) as Record<HealthCategory, MonitorCategory>

/** Categories of the Monitor that this daemon does not check. */
const notChecked: Partial<Record<MonitorCategory, string>> = {
  vms: 'guests are not checked',
  logs: 'logs are not checked'
}

const stateOf: Record<HealthStatus, MonitorState> = { healthy: 'OK', warning: 'WARNING', critical: 'CRITICAL' }
const severityOf = ({ status }: Check) => (status === 'critical' ? 'CRITICAL' : 'WARNING')
const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()
const isActive = ({ status, acknowledgement }: Check): boolean => status !== 'healthy' && acknowledgement === null

export const monitorCategoryOf = ({ category }: Pick<Check, 'category'>): MonitorCategory => categoryOf[category]

/** The problems in one line. */
function join(problems: readonly Check[]): string {
  const rest = problems.length > MAX_REASONS ? `; and ${problems.length - MAX_REASONS} more` : ''
  const named = problems.slice(0, MAX_REASONS).map(({ message }) => message)
  return named.join('; ') + rest
}

/** The Monitor's client shows `INFO` as acknowledged. */
function judge(checks: readonly Check[]): Pick<MonitorDetail, 'status' | 'reason'> {
  const problems = checks
    .filter(({ status }) => status !== 'healthy')
    .toSorted((a, b) => SEVERITY[b.status] - SEVERITY[a.status])
  const active = problems.filter(isActive)
  if (active.length > 0) return { status: stateOf[active[0]!.status], reason: join(active) }
  if (problems.length > 0) return { status: 'INFO', reason: `Acknowledged: ${join(problems)}` }
  return { status: 'OK', reason: null }
}

function describeCategory(name: MonitorCategory, { checks, reasons }: Health): MonitorDetail {
  const own = checks.filter((check) => monitorCategoryOf(check) === name)
  if (own.length === 0) {
    const [category] = Object.entries(categoryOf).find(([ours, its]) => its === name && ours in reasons) ?? []
    const reason = notChecked[name] ?? reasons[category as HealthCategory] ?? 'not measured yet'
    return { status: 'UNKNOWN', reason, checks: {} }
  }
  return {
    ...judge(own),
    checks: Object.fromEntries(
      own.map(({ check, status, message, acknowledgement }) => [
        check,
        {
          status: stateOf[status],
          detail: message,
          error_key: check,
          dismissable: status !== 'healthy',
          dismissed: acknowledgement !== null
        }
      ])
    )
  }
}

const describeProblem = (check: Check) =>
  ({
    error_key: check.check,
    category: monitorCategoryOf(check),
    severity: severityOf(check),
    reason: check.message
  }) as const

const hoursBetween = (from: number, to: number): number => Math.round(((to - from) / HOUR_MS) * 100) / 100

function describeDismissed(check: Check, at: number) {
  const { at: since, until } = check.acknowledgement!
  return {
    ...describeProblem(check),
    dismissed: true as const,
    permanent: false as const,
    suppression_hours: hoursBetween(Date.parse(since), Date.parse(until)),
    suppression_remaining_hours: Math.max(0, hoursBetween(at, Date.parse(until))),
    acknowledged_at: since,
    resolved_at: since
  }
}

/** The verdict in the Monitor's categories and states. */
export const describeVerdict = (health: Health): MonitorHealth['health'] => ({
  overall: stateOf[health.status],
  summary: health.summary,
  details: Object.fromEntries(
    monitorCategories.map((name) => [name, describeCategory(name, health)])
  ) as MonitorHealth['health']['details'],
  timestamp: isoTime(health.at)
})

/** The fields of GET /api/health/full that the Monitor's client reads. */
export const describeMonitorHealth = (health: Health): MonitorHealth => ({
  health: describeVerdict(health),
  active_errors: health.checks
    .filter(isActive)
    .map((check) => ({ ...describeProblem(check), first_seen: isoTime(check.since) })),
  dismissed: health.checks
    .filter(({ acknowledgement }) => acknowledgement !== null)
    .map((check) => describeDismissed(check, health.at)),
  custom_suppressions: []
})
