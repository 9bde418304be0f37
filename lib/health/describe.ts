import {
  type CheckReply,
  type FullHealthReply,
  gaugeNames,
  gauges,
  type HealthCategory,
  type HealthReply,
  healthCategories,
  type Thresholds,
  type ThresholdsReply
} from '../../schemas/host/health.ts'
import type { HealthStatus } from '../../schemas/host/system.ts'
import type { Check, Health } from './monitor.ts'
import { describeMonitorHealth } from './monitor-health.ts'

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()

const verdictOf = ({ status, summary, counts, at }: Health) => ({
  success: true as const,
  status,
  summary,
  counts,
  timestamp: isoTime(at)
})

function describeCategory(category: HealthCategory, { checks, reasons }: Health) {
  const own = checks.filter((check) => check.category === category)
  const statuses = new Set(own.map((check) => (check.acknowledgement ? 'healthy' : check.status)))
  const worst = (['critical', 'warning', 'healthy'] as HealthStatus[]).find((status) => statuses.has(status)) ?? null
  return {
    status: worst,
    reason: worst === null ? (reasons[category] ?? 'not measured yet') : null,
    checks: own.length,
    acknowledged: own.filter((check) => check.acknowledgement).length
  }
}

/** The answer of GET /api/health. */
export const describeHealth = (health: Health): HealthReply => ({
  ...verdictOf(health),
  categories: Object.fromEntries(
    healthCategories.map((category) => [category, describeCategory(category, health)])
  ) as HealthReply['categories']
})

const describeCheck = ({ threshold, acknowledgement, since, ...check }: Check): CheckReply => ({
  ...check,
  warning: threshold?.warning ?? null,
  critical: threshold?.critical ?? null,
  since: isoTime(since),
  acknowledged_until: acknowledgement?.until ?? null,
  acknowledged_by: acknowledgement?.by ?? null,
  acknowledged_reason: acknowledgement?.reason ?? null
})

const describeLimits = (thresholds: Thresholds) =>
  Object.fromEntries(
    gaugeNames.map((name) => {
      const { unit, warning, critical, minimum, maximum } = gauges[name]
      return [
        name,
        { unit, ...thresholds[name], default_warning: warning, default_critical: critical, minimum, maximum }
      ]
    })
  ) as ThresholdsReply['thresholds']

/** The answer of GET /api/health/full. */
export const describeFullHealth = (health: Health): FullHealthReply => ({
  ...verdictOf(health),
  checks: health.checks.map(describeCheck),
  thresholds: describeLimits(health.thresholds),
  ...describeMonitorHealth(health)
})

/** The answer to a change of thresholds. */
export const describeThresholds = ({ thresholds }: Pick<Health, 'thresholds'>): ThresholdsReply => ({
  success: true,
  thresholds: describeLimits(thresholds)
})
