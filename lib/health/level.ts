import type { GaugeName, HealthCategory, Threshold } from '../../schemas/host/health.ts'
import type { HealthStatus } from '../../schemas/host/system.ts'
import type { Finding } from './find.ts'

export const SEVERITY: Readonly<Record<HealthStatus, number>> = { healthy: 0, warning: 1, critical: 2 }
const LEVELS = ['healthy', 'warning', 'critical'] as const

export interface Debounce {
  /** Hysteresis: how far a value must fall below a threshold to leave its level. */
  margin: number
  /** Milliseconds until a worse level counts, and a better level. */
  worse: number
  better: number
  /** The first level counts at once; otherwise a check starts as healthy. */
  trustsFirst: boolean
}

const STEADY: Debounce = { margin: 0, worse: 10_000, better: 30_000, trustsFirst: true }
/** For values that vary with the host's load. */
const SPIKY: Debounce = { margin: 5, worse: 60_000, better: 60_000, trustsFirst: false }

const gaugeDebounce: Record<GaugeName, Debounce> = {
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
  'alerts',
  'daemon'
])
/** The daemon's own faults are exact: changes count at once. */
const AT_ONCE: Debounce = { margin: 0, worse: 0, better: 0, trustsFirst: true }

export function debounceOf({ gauge, value, category }: Pick<Finding, 'gauge' | 'value' | 'category'>): Debounce {
  if (gauge) return value === null ? STEADY : gaugeDebounce[gauge]
  return ownCategories.has(category) ? AT_ONCE : STEADY
}

/** The level of a value with hysteresis: the `current` level is left only when the value is `margin` below its threshold. */
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

/** The debounced status of a check. Times in milliseconds of the monotonic clock. */
export interface DebouncedStatus {
  status: HealthStatus
  since: number
  /** A run of levels all worse or all better than `status`; `level` is the level of the run nearest to `status`. */
  run: { since: number; level: number } | null
}

/** Updates a check with the level `seen` at `at`. The status changes only after the level has lasted long enough. */
export function debounceStatus(
  before: DebouncedStatus | undefined,
  seen: HealthStatus,
  at: number,
  debounce: Debounce
): DebouncedStatus {
  if (before === undefined) {
    const status = debounce.trustsFirst ? seen : 'healthy'
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
  if (at - run.since < (isWorse ? debounce.worse : debounce.better)) return { ...before, run }
  return { status: LEVELS[run.level]!, since: at, run: null }
}
