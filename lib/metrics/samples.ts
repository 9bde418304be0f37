import type { HardwareSamples } from '../host/hardware/sources.ts'
import type { NetworkState } from '../host/network/reader.ts'
import type { Sample } from '../host/sampling.ts'
import type { StorageState } from '../host/storage/reader.ts'
import type { Vitals } from '../host/vitals.ts'
import { onNode } from '../proxmox/describe.ts'
import type { Resources } from '../proxmox/resources.ts'
import type { MetricFamily } from './family.ts'
import { hardwareFamilies } from './hardware.ts'
import * as host from './host.ts'

/** The latest samples of the host. */
export interface HostSamples {
  vitals: Readonly<Vitals>
  network: Readonly<Sample<NetworkState>>
  storage: Readonly<StorageState>
  proxmox: Readonly<Sample<Resources>>
  hardware: HardwareSamples
  /** This host's node name in Proxmox VE. */
  node: string
}

/** Stale values are omitted, so that Prometheus shows a gap and not a straight line. */
const freshOf = <T>({ value, stale }: Readonly<Sample<T>>): T | null => (stale ? null : value)

function describeNetwork({ vitals, network }: HostSamples): MetricFamily[] {
  const state = freshOf(network)
  if (state === null) return []
  // Prometheus treats a falling counter as a reset to 0.
  const sum = state.growing.value
  const interfaces = state.interfaces
    .filter(({ isUp }) => isUp)
    .map(({ name, counters }) => ({ name, bytesReceived: counters.rxBytes, bytesSent: counters.txBytes }))
  const total = { bytesReceived: sum?.rxBytes ?? null, bytesSent: sum?.txBytes ?? null }
  return host.networkFamilies(vitals.hostname, interfaces, total)
}

function describeStorage({ vitals, storage }: HostSamples): MetricFamily[] {
  const filesystems = (storage.filesystems.value ?? []).map(({ source, mountpoint, size }) => {
    const measured = freshOf(size)
    return {
      disk: source.replace(/^\/dev\//, ''),
      mountpoint,
      total: measured?.total ?? null,
      used: measured?.used ?? null,
      usage: measured?.usage ?? null
    }
  })
  const disks = [...(storage.smart.value ?? [])].map(([disk, smart]) => ({
    disk,
    temperature: freshOf(smart)?.temperature ?? null
  }))
  return [...host.filesystemFamilies(vitals.hostname, filesystems), ...host.diskFamilies(vitals.hostname, disks)]
}

/** Guests of this node only: each node's daemon reports its own, so that a sum over nodes counts each guest once. */
function describeGuests({ vitals, proxmox, node }: HostSamples): MetricFamily[] {
  const resources = freshOf(proxmox)
  if (resources === null) return []
  const guests = onNode(resources.guests, proxmox, node).map(({ vmid, name, type, status, cpu, mem, maxmem }) => ({
    vmid,
    name,
    type,
    isRunning: status === 'running',
    cpu,
    memoryUsed: mem,
    memoryMax: maxmem
  }))
  return host.guestFamilies(vitals.hostname, guests)
}

function describeAges({ vitals, network, storage, proxmox, hardware }: HostSamples, now: number): MetricFamily[] {
  const { disks, filesystems, pools, smart } = storage
  const { sensors, nvidia, ups } = hardware
  const samples = { vitals, network, disks, filesystems, pools, smart, proxmox, sensors, nvidia, ups }
  const sampledAt = Object.fromEntries(Object.entries(samples).map(([name, sample]) => [name, sample.sampledAt]))
  return host.ageFamilies(sampledAt, now)
}

/** The independent sources of host metrics; `now` in milliseconds since the epoch. */
export const hostSources: readonly ((samples: HostSamples, now: number) => MetricFamily[])[] = [
  ({ vitals }, now) => host.vitalsFamilies(vitals, now),
  describeNetwork,
  describeStorage,
  describeGuests,
  ({ vitals, hardware }, now) => hardwareFamilies(vitals.hostname, hardware, now),
  describeAges
]
