import { STALE_AFTER_MS } from '../health/monitor.ts'
import type { Vitals } from '../host/vitals.ts'
import { family, type MetricFamily } from './family.ts'

// Names, labels and units match the Monitor's /api/prometheus, so that its dashboards keep working. The Monitor's uptime
// is a counter; here it is a gauge, because OpenMetrics would add `_total` to its name.

/** A network interface that is up; bytes since it was created. */
export interface InterfaceSample {
  name: string
  bytesReceived: number | null
  bytesSent: number | null
}

/** A mounted file system. */
export interface FilesystemSample {
  /** The device as the Monitor names it: `sda1`, `rpool/ROOT`. */
  disk: string
  mountpoint: string
  /** Bytes. */
  total: number | null
  used: number | null
  /** Percent. */
  usage: number | null
}

/** A disk; temperature in °C. */
export interface DiskSample {
  disk: string
  temperature: number | null
}

/** A virtual machine or container, from `pvesh`. */
export interface GuestSample {
  vmid: number
  name: string
  type: string
  isRunning: boolean
  /** Share of its processors, 0 to 1. */
  cpu: number | null
  /** Bytes. */
  memoryUsed: number | null
  memoryMax: number | null
}

/** The vital signs, labelled with the host's name; empty if they are out of date at `now` (milliseconds since the epoch). */
export function vitalsFamilies(vitals: Readonly<Vitals>, now: number): MetricFamily[] {
  if (vitals.sampledAt === null || now - vitals.sampledAt > STALE_AFTER_MS) return []
  const node = vitals.hostname
  const { cpu, memory, loadAverage, uptime, temperature } = vitals
  const gauge = (name: string, help: string, value: number | undefined | null) =>
    family('gauge', name, help, [[{ node }, value]])
  const load = (period: string, index: 0 | 1 | 2) => [{ node, period }, loadAverage.value?.[index]] as const
  return [
    gauge('proxmox_cpu_usage', 'CPU usage percentage', cpu.value?.usage),
    gauge('proxmox_memory_total_bytes', 'Total memory in bytes', memory.value?.total),
    gauge('proxmox_memory_used_bytes', 'Used memory in bytes', memory.value?.used),
    gauge('proxmox_memory_usage_percent', 'Memory usage percentage', memory.value?.usage),
    gauge('proxmox_swap_total_bytes', 'Total swap in bytes', memory.value?.swapTotal),
    gauge('proxmox_swap_used_bytes', 'Used swap in bytes', memory.value?.swapUsed),
    family('gauge', 'proxmox_load_average', 'System load average', [load('1m', 0), load('5m', 1), load('15m', 2)]),
    gauge('proxmox_uptime_seconds', 'System uptime in seconds', uptime.value),
    gauge('proxmox_cpu_temperature_celsius', 'CPU temperature in Celsius', temperature.value)
  ]
}

/** Counters of the interfaces that are up, and `sum`, this host's total traffic. */
export function networkFamilies(
  node: string,
  interfaces: readonly InterfaceSample[],
  sum: Pick<InterfaceSample, 'bytesReceived' | 'bytesSent'>
): MetricFamily[] {
  const each = (read: (sample: InterfaceSample) => number | null) =>
    interfaces.map((sample) => [{ node, interface: sample.name }, read(sample)] as const)
  const counter = (name: string, help: string, values: Parameters<typeof family>[3]) =>
    family('counter', name, help, values)
  return [
    counter('proxmox_network_bytes_sent_total', 'Total bytes sent', [[{ node }, sum.bytesSent]]),
    counter('proxmox_network_bytes_received_total', 'Total bytes received', [[{ node }, sum.bytesReceived]]),
    counter(
      'proxmox_interface_bytes_sent_total',
      'Bytes sent per interface',
      each(({ bytesSent }) => bytesSent)
    ),
    counter(
      'proxmox_interface_bytes_received_total',
      'Bytes received per interface',
      each(({ bytesReceived }) => bytesReceived)
    )
  ]
}

export function filesystemFamilies(node: string, filesystems: readonly FilesystemSample[]): MetricFamily[] {
  const gauge = (name: string, help: string, field: 'total' | 'used' | 'usage') =>
    family(
      'gauge',
      name,
      help,
      filesystems.map(({ disk, mountpoint, [field]: value }) => [{ node, disk, mountpoint }, value] as const)
    )
  return [
    gauge('proxmox_disk_total_bytes', 'Total disk space in bytes', 'total'),
    gauge('proxmox_disk_used_bytes', 'Used disk space in bytes', 'used'),
    gauge('proxmox_disk_usage_percent', 'Disk usage percentage', 'usage')
  ]
}

export const diskFamilies = (node: string, disks: readonly DiskSample[]): MetricFamily[] => [
  family(
    'gauge',
    'proxmox_disk_temperature_celsius',
    'Disk temperature in Celsius',
    disks.map(({ disk, temperature }) => [{ node, disk }, temperature] as const)
  )
]

export function guestFamilies(node: string, guests: readonly GuestSample[]): MetricFamily[] {
  const running = guests.filter(({ isRunning }) => isRunning)
  const each = (some: readonly GuestSample[], read: (guest: GuestSample) => number | null) =>
    some.map((guest) => {
      const { vmid, name, type } = guest
      return [{ node, vmid: String(vmid), name, type }, read(guest)] as const
    })
  const gauge = (name: string, help: string, values: Parameters<typeof family>[3]) =>
    family('gauge', name, help, values)
  return [
    gauge('proxmox_vms_total', 'Total number of VMs and LXCs', [[{ node }, guests.length]]),
    gauge('proxmox_vms_running', 'Number of running VMs and LXCs', [[{ node }, running.length]]),
    gauge('proxmox_vms_stopped', 'Number of stopped VMs and LXCs', [[{ node }, guests.length - running.length]]),
    gauge(
      'proxmox_vm_status',
      'VM status (1=running, 0=stopped)',
      each(guests, ({ isRunning }) => Number(isRunning))
    ),
    gauge(
      'proxmox_vm_cpu_usage',
      'VM CPU usage, share of its processors from 0 to 1',
      each(running, ({ cpu }) => cpu)
    ),
    gauge(
      'proxmox_vm_memory_used_bytes',
      'VM memory used in bytes',
      each(running, ({ memoryUsed }) => memoryUsed)
    ),
    gauge(
      'proxmox_vm_memory_max_bytes',
      'VM memory max in bytes',
      each(running, ({ memoryMax }) => memoryMax)
    )
  ]
}

/** Age of each source's sample in seconds; sources that were never read are omitted. Times in milliseconds. */
export const ageFamilies = (sampledAt: Readonly<Record<string, number | null>>, now: number): MetricFamily[] => [
  family(
    'gauge',
    'proxmenux_monitor_sample_age_seconds',
    'Age of the newest sample of a source',
    Object.entries(sampledAt).map(
      ([source, at]) => [{ source }, at === null ? null : Math.max(0, now - at) / 1000] as const
    )
  )
]
