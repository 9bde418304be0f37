import type { Facts } from '../../lib/health/facts.ts'
import { createHealthMonitor } from '../../lib/health/monitor.ts'
import { ok, unavailable } from '../../lib/host/measurement.ts'
import { createEmptyVitals, type Vitals } from '../../lib/host/vitals.ts'
import type { HealthSettings } from '../../schemas/host/health.ts'

export const NOON = Date.UTC(2025, 5, 1, 12)

export interface Values {
  cpu: number
  cpuSeconds: number
  iowait: number
  memory: number
  swap: number | null
  disk: number
  temperature: number | null
}

let revision = 0

/** The vital signs of a host at rest, but for what is told. Each call is another reading. */
export function vitalsOf(values: Partial<Values> = {}): Vitals {
  const { cpu = 10, cpuSeconds = 10, iowait = 0, memory = 20, swap = 0, disk = 30, temperature = 40 } = values
  return {
    ...createEmptyVitals('pve1'),
    sampledAt: NOON,
    revision: ++revision,
    cpu: ok({ usage: cpu, user: cpu, system: 0, iowait, steal: 0 }),
    cpuWindow: ok({ usage: cpu, seconds: cpuSeconds }),
    memory: ok({
      total: 100,
      available: 100 - memory,
      used: memory,
      usage: memory,
      cached: 0,
      swapTotal: swap === null ? 0 : 100,
      swapUsed: swap ?? 0,
      swapUsage: swap,
      reasons: swap === null ? { swapUsage: 'this host has no swap' } : {}
    }),
    rootFilesystem: ok({ total: 100, used: disk, available: 100 - disk, usage: disk }),
    temperature: temperature === null ? unavailable('no CPU temperature sensor found') : ok(temperature)
  }
}

export const noFaults: Facts['faults'] = {
  audit_log: [],
  recordings: [],
  fail2ban: [],
  certificate: [],
  alerts: [],
  daemon: []
}

/** A monitor on clocks the test moves. */
export function monitorOf(vitals: Readonly<Vitals> = vitalsOf()) {
  let facts: Facts = { vitals, faults: noFaults }
  let settings: HealthSettings | undefined
  let monotonicNow = 0
  let skew = 0
  const monitor = createHealthMonitor({
    facts: () => facts,
    settings: () => settings,
    now: () => NOON + monotonicNow + skew,
    monotonicNow: () => monotonicNow
  })
  const rig = {
    latest: monitor.latest,
    tell: (more: Partial<Facts>) => (facts = { ...facts, ...more }),
    set: (next: HealthSettings | undefined) => (settings = next),
    skewClock: (ms: number) => (skew = ms),
    pass: (ms: number) => (monotonicNow += ms),
    find: (name: string) => monitor.latest().checks.find(({ check }) => check === name),
    /** What a check is after each of these readings, one every five seconds. */
    series(name: string, readings: readonly Partial<Values>[]): (string | undefined)[] {
      monitor.latest()
      return readings.map((values) => {
        rig.tell({ vitals: vitalsOf(values) })
        monotonicNow += 5000
        monitor.tick()
        return rig.find(name)?.status
      })
    }
  }
  return rig
}

/** The verdict of a daemon that has just started. */
export const firstVerdict = (vitals: Readonly<Vitals>) => monitorOf(vitals).latest()
