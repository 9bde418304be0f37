import type { GaugeName, HealthCategory, Threshold } from '../../schemas/host/health.ts'
import type { HealthStatus } from '../../schemas/host/system.ts'
import type { Finding } from './find.ts'

export const SEVERITY: Readonly<Record<HealthStatus, number>> = { healthy: 0, warning: 1, critical: 2 }
const LEVELS = ['healthy', 'warning', 'critical'] as const

export interface Patience {
  /** How far a value must fall below a threshold to leave its level. */
  margin: number
  /** Milliseconds that a worse level must last to count, and a better one. */
  worse: number
  better: number
  /** The first look counts at once; otherwise a check begins as healthy. */
  trustsFirst: boolean
}

const STEADY: Patience = { margin: 0, worse: 10_000, better: 30_000, trustsFirst: true }
/** What comes and goes with the work a host does. */
const SPIKY: Patience = { margin: 5, worse: 60_000, better: 60_000, trustsFirst: false }

const gaugePatience: Record<GaugeName, Patience> = {
  cpu: SPIKY,
  iowait: { ...SPIKY, worse: 300_000 },
  memory: { ...STEADY, margin: 3 },
  swap: { ...STEADY, margin: 3 },
  temperature: { ...STEADY, margin: 3 },
  filesystem: { ...STEADY, margin: 1 },
  disk_temperature: { ...STEADY, margin: 3 },
  network_errors: SPIKY,
  certificate: { margin: 0, worse: 0, better: 0, trustsFirst: true }
}
const ownCategories: ReadonlySet<HealthCategory> = new Set([
  'audit_log',
  'recordings',
  'fail2ban',
  'certificate',
  'daemon'
])
/** A fault of the daemon's own is one when it says so, and none any more likewise. */
const AT_ONCE: Patience = { margin: 0, worse: 0, better: 0, trustsFirst: true }

export function patienceOf({ gauge, value, category }: Pick<Finding, 'gauge' | 'value' | 'category'>): Patience {
  if (gauge) return value === null ? STEADY : gaugePatience[gauge]
  return ownCategories.has(category) ? AT_ONCE : STEADY
}

/** The level of a value where `current` is the one it has: it is left only a margin below its threshold. */
export function levelOf(
  value: number,
  { warning, critical }: Threshold,
  current: HealthStatus,
  margin: number,
  downwards = false
): HealthStatus {
  const reaches = (threshold: number, level: 'warning' | 'critical') => {
    const slack = SEVERITY[current] >= SEVERITY[level] ? margin : 0
    return downwards ? value < threshold + slack : value >= threshold - slack
  }
  return reaches(critical, 'critical') ? 'critical' : reaches(warning, 'warning') ? 'warning' : 'healthy'
}

/** One check over time. Times are milliseconds of a clock that nobody sets. */
export interface Steadied {
  status: HealthStatus
  since: number
  /** Looks one after the other on one side of `status`, and of their levels the one nearest to it. */
  run: { since: number; level: number } | null
}

/** What a check is after one more look at it. What goes to and fro faster than its patience stays what it was. */
export function steady(before: Steadied | undefined, seen: HealthStatus, at: number, patience: Patience): Steadied {
  if (before === undefined) {
    const status = patience.trustsFirst ? seen : 'healthy'
    return { status, since: at, run: status === seen ? null : { since: at, level: SEVERITY[seen] } }
  }
  const level = SEVERITY[seen]
  const current = SEVERITY[before.status]
  if (level === current) return { ...before, run: null }
  const isWorse = level > current
  const goesOn = before.run !== null && before.run.level > current === isWorse
  const run = goesOn
    ? {
        since: before.run!.since,
        level: isWorse ? Math.min(before.run!.level, level) : Math.max(before.run!.level, level)
      }
    : { since: at, level }
  if (at - run.since < (isWorse ? patience.worse : patience.better)) return { ...before, run }
  return { status: LEVELS[run.level]!, since: at, run: null }
}
