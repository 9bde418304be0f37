import { gatherFacts } from '../../../lib/health/gather.ts'
import type { NetworkState } from '../../../lib/host/network/reader.ts'

const none = { value: null, reason: 'not measured yet', sampledAt: null, stale: false }

/** Whether health takes each interface's link for lost. */
export function linksOf(value: NetworkState): Record<string, boolean> {
  const { interfaces } = gatherFacts({
    network: { value, reason: null, sampledAt: 0, stale: false },
    storage: { disks: none, filesystems: none, smart: none, pools: none },
    units: none,
    timeSync: none,
    updates: none
  })
  return Object.fromEntries(interfaces!.value!.map(({ name, isDown }) => [name, isDown]))
}
