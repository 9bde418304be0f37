import type {
  Acknowledgement,
  HealthCategory,
  HealthSettings,
  Threshold,
  Thresholds
} from '../../schemas/host/health.ts'
import { gauges } from '../../schemas/host/health.ts'
import type { HealthStatus } from '../../schemas/host/system.ts'
import type { Facts } from './facts.ts'
import { categoryReasons, type Finding, findAll } from './find.ts'
import { type DebouncedStatus, debounceOf, debounceStatus, levelOf, SEVERITY } from './level.ts'
import { findAcknowledgement, isDownwards, readThresholds } from './settings.ts'

export interface Check {
  check: string
  category: HealthCategory
  status: HealthStatus
  message: string
  value: number | null
  unit: string | null
  threshold: Threshold | null
  /** Milliseconds since the epoch. */
  since: number
  acknowledgement: Acknowledgement | null
}

export interface Health {
  status: HealthStatus
  /** Public, readable without a token: contains no numbers, paths or versions. */
  summary: string
  counts: { healthy: number; warning: number; critical: number; acknowledged: number }
  /** Problems first, the worst at the top. */
  checks: readonly Check[]
  /** Reasons for categories without a check. */
  reasons: Partial<Record<HealthCategory, string>>
  thresholds: Thresholds
  /** When the checks ran, milliseconds since the epoch. */
  at: number
}

export interface HealthMonitorOptions {
  facts: () => Facts
  settings: () => HealthSettings | undefined
  /** Milliseconds since the epoch. */
  now: () => number
  /** Milliseconds of the monotonic clock. */
  monotonicNow?: () => number
}

const SOURCES = ['filesystems', 'disks', 'pools', 'interfaces', 'failedUnits', 'timeSync', 'updates'] as const
const EVERY_MS = 5000
/** Tolerance for timers that fire early or late. */
const SLACK_MS = 250
/** Age at which vital signs are out of date. */
export const STALE_AFTER_MS = 15_000

function describe({ title, of, value, gauge, verdict }: Finding, status: HealthStatus, threshold: Threshold | null) {
  if (verdict) return verdict.message
  const name = of === undefined ? title : `${title} of ${of}`
  if (value === null) return `${name} unknown`
  const shown = `${value} ${gauges[gauge!].unit}`
  if (isDownwards(gauge!)) return `${name}: ${value}`
  if (status === 'healthy') return `${name} normal: ${shown}`
  const word = status === 'critical' ? 'critical' : 'high'
  return value < threshold![status] ? `${name} was ${word}, now ${shown}` : `${name} ${word}: ${shown}`
}

function phraseOf({ title, value, phrase, verdict }: Finding, status: HealthStatus): string {
  if (verdict) return verdict.phrase
  if (value === null) return `${title} unknown`
  return phrase ?? `${title} ${status === 'critical' ? 'critical' : 'high'}`
}

const hasChanged = (before: Threshold | undefined, now: Threshold) =>
  before !== undefined && (before.warning !== now.warning || before.critical !== now.critical)

const capitalise = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

/**
 * Runs all checks, at most every five seconds; the host's status is the worst status of its checks, debounced. Things the
 * host lacks are not checked. A required value that is missing or out of date is a warning.
 */
export function createHealthMonitor(options: HealthMonitorOptions) {
  const { facts: gather, settings: read, now, monotonicNow = performance.now.bind(performance) } = options
  let levels = new Map<string, DebouncedStatus>()
  let latest: Health | null = null
  let judgedAt = Number.NEGATIVE_INFINITY
  let judgedBy: HealthSettings | undefined
  let judgedFaults = ''
  let judgedSources = ''
  let revision = -1
  let freshAt = monotonicNow()

  const faultsOf = (facts: Facts) => Object.values(facts.faults).flat().join()
  /** The sources that have a value. */
  const sourcesOf = (facts: Facts) => SOURCES.filter((name) => (facts[name]?.value ?? null) !== null).join()

  function contradictionsIn(settings: HealthSettings | undefined) {
    const { thresholds, contradictions } = readThresholds(settings?.thresholds)
    return { thresholds, faults: contradictions.map((name) => `${capitalise(name)} thresholds contradict each other`) }
  }

  function judge(gathered: Facts, settings: HealthSettings | undefined): Health {
    const at = monotonicNow()
    const time = now()
    if (gathered.vitals.revision !== revision) {
      revision = gathered.vitals.revision
      freshAt = at
    }
    const { thresholds, faults } = contradictionsIn(settings)
    const facts = faults.length === 0 ? gathered : withFaults(gathered, faults)

    const next: typeof levels = new Map()
    const judgements = findAll(facts, at - freshAt > STALE_AFTER_MS, time).map((finding) => {
      const { check, category, gauge, verdict, value } = finding
      // Changed thresholds apply at once.
      const before = gauge && hasChanged(latest?.thresholds[gauge], thresholds[gauge]) ? undefined : levels.get(check)
      const debounce = debounceOf(finding)
      const threshold = gauge ? thresholds[gauge] : null
      const seen =
        verdict?.status ??
        (value === null
          ? 'warning'
          : levelOf(value, threshold!, before?.status ?? 'healthy', debounce.margin, isDownwards(gauge!)))
      const level = debounceStatus(before, seen, at, debounce)
      next.set(check, level)
      const { status } = level
      const acknowledgement = status === 'healthy' ? null : findAcknowledgement(settings, check, status, time)
      const phrase = status !== 'healthy' && acknowledgement === null ? phraseOf(finding, status) : null
      const described: Check = {
        check,
        category,
        status,
        message: describe(finding, status, threshold),
        value,
        unit: gauge ? gauges[gauge].unit : null,
        threshold,
        since: time - (at - level.since),
        acknowledgement
      }
      return { check: described, phrase }
    })
    levels = next
    judgements.sort((a, b) => SEVERITY[b.check.status] - SEVERITY[a.check.status])
    return { ...summarise(judgements), reasons: categoryReasons(facts), thresholds, at: time }
  }

  return {
    /** Called after every tick of the sampling. */
    tick(): void {
      if (monotonicNow() - judgedAt >= EVERY_MS - SLACK_MS) this.latest()
    },

    /**
     * The latest result. Checks again if it is five seconds old, if the settings or the daemon's faults changed, or if a
     * source got or lost its value: a new daemon shows a full disk as soon as it is read.
     */
    latest(): Health {
      const facts = gather()
      const settings = read()
      const faults = faultsOf(facts)
      const sources = sourcesOf(facts)
      const isOld = monotonicNow() - judgedAt >= EVERY_MS - SLACK_MS
      const isSame = settings === judgedBy && faults === judgedFaults && sources === judgedSources
      if (latest !== null && !isOld && isSame) return latest
      latest = judge(facts, settings)
      judgedAt = monotonicNow()
      judgedBy = settings
      judgedFaults = faults
      judgedSources = sources
      return latest
    }
  }
}
export type HealthMonitor = ReturnType<typeof createHealthMonitor>

const withFaults = (facts: Facts, more: readonly string[]): Facts => ({
  ...facts,
  faults: { ...facts.faults, daemon: [...facts.faults.daemon, ...more] }
})

function summarise(judgements: readonly { check: Check; phrase: string | null }[]) {
  const checks = judgements.map(({ check }) => check)
  const phrases = [...new Set(judgements.flatMap(({ phrase }) => phrase ?? []))]
  const count = (status: HealthStatus) =>
    checks.filter((each) => each.status === status && each.acknowledgement === null).length
  const counts = {
    healthy: count('healthy'),
    warning: count('warning'),
    critical: count('critical'),
    acknowledged: checks.filter((each) => each.acknowledgement !== null).length
  }
  const status: HealthStatus = counts.critical > 0 ? 'critical' : counts.warning > 0 ? 'warning' : 'healthy'
  const good = counts.acknowledged > 0 ? 'All problems are acknowledged' : 'All systems operational'
  return { status, summary: phrases.join('; ') || good, counts, checks }
}
