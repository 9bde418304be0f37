import type { HealthStatus } from '../../schemas/system.ts'
import { WINDOW_SECONDS } from './cpu-meter.ts'
import type { Vitals } from './vitals.ts'

export type CheckName = 'cpu' | 'memory' | 'swap' | 'disk' | 'temperature'

/** `warning` and `critical` are the lowest values that count as such. */
export interface Threshold {
  warning: number
  critical: number
}
export type Thresholds = Record<CheckName, Threshold>

/** Percent; the temperature °C. */
export const THRESHOLDS: Thresholds = {
  cpu: { warning: 85, critical: 95 },
  memory: { warning: 85, critical: 95 },
  swap: { warning: 50, critical: 80 },
  disk: { warning: 85, critical: 95 },
  temperature: { warning: 80, critical: 90 }
}

/** Samples older than this say nothing about the host as it is. */
export const STALE_AFTER_MS = 15_000

export interface Check extends Threshold {
  name: CheckName
  status: HealthStatus
  /** Percent or °C; null when it cannot be read. */
  value: number | null
  message: string
}

/** `summary` is shown to callers without a token: it names no numbers, paths or versions. */
export interface Health {
  status: HealthStatus
  summary: string
  checks: Check[]
}

const TITLES: Record<CheckName, string> = {
  cpu: 'CPU usage',
  memory: 'Memory usage',
  swap: 'Swap usage',
  disk: 'Disk usage',
  temperature: 'CPU temperature'
}

/** `undefined` is what the host lacks or what cannot be told yet: no part of the verdict. Null is a fault. */
function valuesOf(vitals: Vitals): Record<CheckName, number | null | undefined> {
  const window = vitals.cpuWindow.value
  return {
    cpu: window === null ? null : window.seconds < WINDOW_SECONDS ? undefined : window.usage,
    memory: vitals.memory.value?.usage ?? null,
    swap: vitals.memory.value?.swapUsage ?? undefined,
    disk: vitals.rootFilesystem.value?.usage ?? null,
    temperature: vitals.temperature.value ?? undefined
  }
}

function check(name: CheckName, value: number | null, threshold: Threshold): Check {
  const result = (status: HealthStatus, message: string): Check => ({ name, status, value, message, ...threshold })
  const unit = name === 'temperature' ? '°C' : '%'
  if (value === null) return result('warning', `${TITLES[name]} unknown`)
  if (value >= threshold.critical) return result('critical', `${TITLES[name]} critical: ${value} ${unit}`)
  if (value >= threshold.warning) return result('warning', `${TITLES[name]} high: ${value} ${unit}`)
  return result('healthy', `${TITLES[name]} normal: ${value} ${unit}`)
}

function summarise(checks: readonly Check[]): string {
  const phrase = ({ name, status, value }: Check) =>
    `${TITLES[name]} ${value === null ? 'unknown' : status === 'critical' ? 'critical' : 'high'}`
  const bad = [...checks.filter((c) => c.status === 'critical'), ...checks.filter((c) => c.status === 'warning')]
  return bad.length === 0 ? 'All systems operational' : bad.map(phrase).join('; ')
}

/**
 * The verdict on a host by the worst of its checks; `now` in milliseconds since the epoch. What the host lacks (swap,
 * a sensor) is left out; what it must have and does not show, and samples older than STALE_AFTER_MS, are a warning.
 */
export function assessHealth(vitals: Vitals, now: number, thresholds: Thresholds = THRESHOLDS): Health {
  if (vitals.sampledAt === null) return { status: 'warning', summary: 'No measurements', checks: [] }
  if (now - vitals.sampledAt > STALE_AFTER_MS) {
    return { status: 'warning', summary: 'Measurements are out of date', checks: [] }
  }
  const checks: Check[] = []
  for (const [name, value] of Object.entries(valuesOf(vitals)) as [CheckName, number | null | undefined][]) {
    if (value !== undefined) checks.push(check(name, value, thresholds[name]))
  }
  const statuses = new Set(checks.map(({ status }) => status))
  const status = statuses.has('critical') ? 'critical' : statuses.has('warning') ? 'warning' : 'healthy'
  return { status, summary: summarise(checks), checks }
}

/** The verdict with one more fault, of the daemon's own: at least a warning. */
export const withFault = (health: Health, fault: string): Health => ({
  ...health,
  status: health.status === 'critical' ? 'critical' : 'warning',
  summary: health.status === 'healthy' ? fault : `${health.summary}; ${fault}`
})
