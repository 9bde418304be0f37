import { gatherFacts } from '../../../lib/health/gather.ts'
import type { NetworkState } from '../../../lib/host/network/reader.ts'
import { createEmptyVitals } from '../../../lib/host/vitals.ts'
import { hostSources } from '../../../lib/metrics/samples.ts'

// What others make of a state of the network.
const none = { value: null, reason: 'not measured yet', sampledAt: null, stale: false }
const storage = { disks: none, filesystems: none, smart: none, pools: none }
const hardware = {
  inventory: none,
  sensors: none,
  pciNames: none,
  memoryModules: none,
  nvidia: none,
  ups: none
}
const sampled = (value: NetworkState) => ({ value, reason: null, sampledAt: 0, stale: false })

/** Whether health takes each interface's link for lost. */
export function linksOf(value: NetworkState): Record<string, boolean> {
  const { interfaces } = gatherFacts({
    network: sampled(value),
    storage,
    units: none,
    timeSync: none,
    updates: none
  })
  return Object.fromEntries(interfaces!.value!.map(({ name, isDown }) => [name, isDown]))
}

/** All bytes received and sent that Prometheus gets. */
export function totalsOf(value: NetworkState): number[] {
  const vitals = createEmptyVitals('pve1')
  const samples = { vitals, network: sampled(value), storage, proxmox: none, hardware, node: 'pve1' }
  const families = hostSources.flatMap((describe) => describe(samples, 0))
  return ['received', 'sent'].flatMap((way) =>
    families.find(({ name }) => name === `proxmox_network_bytes_${way}_total`)!.values.map((one) => one.value)
  )
}
