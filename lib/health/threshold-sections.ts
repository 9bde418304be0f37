import { type GaugeName, gauges, type Thresholds, type ThresholdsBody } from '../../schemas/host/health.ts'
import {
  type ThresholdLeaf,
  type ThresholdSection,
  type ThresholdTree,
  type ThresholdTreeBody,
  type ThresholdTreeReply,
  thresholdSections
} from '../../schemas/host/thresholds.ts'
import { describeThresholds } from './describe.ts'
import type { Health } from './monitor.ts'

function describeLeaf(thresholds: Thresholds, gauge: GaugeName, level: 'warning' | 'critical'): ThresholdLeaf {
  const { unit, minimum: min, maximum: max, [level]: recommended } = gauges[gauge]
  const value = thresholds[gauge][level]
  return { value, recommended, customised: value !== recommended, unit, min, max, step: 1 }
}

/** The answer of GET /api/health/thresholds: the Monitor's sections, and all gauges. */
export function describeThresholdTree(health: Pick<Health, 'thresholds'>): ThresholdTreeReply {
  const sections = Object.entries(thresholdSections).map(([section, places]) => [
    section,
    Object.fromEntries(
      Object.entries(places).map(([name, { gauge, level }]) => [name, describeLeaf(health.thresholds, gauge, level)])
    )
  ])
  return {
    success: true,
    thresholds: Object.fromEntries(sections) as ThresholdTree,
    gauges: describeThresholds(health).thresholds
  }
}

/**
 * Translates a change in the Monitor's sections to gauges. The Monitor has no warning for swap: it follows below a critical
 * threshold that is set under it.
 */
export function readThresholdTree(
  { memory, host_storage, cpu_temperature, ...rest }: ThresholdTreeBody,
  { swap }: Pick<Thresholds, 'swap'>
): ThresholdsBody {
  const changes: ThresholdsBody = { ...rest }
  if (host_storage !== undefined) changes.filesystem = { ...changes.filesystem, ...host_storage }
  if (cpu_temperature !== undefined) changes.temperature = { ...changes.temperature, ...cpu_temperature }
  if (memory === undefined || memory === null) return memory === null ? { ...changes, memory } : changes
  const { swap_critical: critical, ...own } = memory
  if (Object.keys(own).length > 0) changes.memory = own
  if (critical === undefined) return changes
  const warning = Math.max(gauges.swap.minimum, Math.min(swap.warning, critical - 1))
  changes.swap = { warning, ...changes.swap, critical }
  return changes
}

/** Null for each gauge of a section, which resets it. */
export const resetOf = (section: ThresholdSection): ThresholdsBody =>
  Object.fromEntries(Object.values(thresholdSections[section]).map(({ gauge }) => [gauge, null]))
