import type { DiskReply, FilesystemReply } from '../../../schemas/host/storage.ts'
import { createReasons, describeAge } from '../age.ts'
import type { Measurement } from '../measurement.ts'
import type { Counters } from '../rates.ts'
import type { Sample } from '../sampling.ts'
import { toGiB } from '../units.ts'
import type { DiskCounters } from './diskstats.ts'
import type { DiskState } from './reader.ts'
import type { Smart } from './smart.ts'

const GIB = 1024 ** 3
/** Reason for a null figure of a measured file system. */
export const NO_SIZE = 'the file system reports no plausible number'
const NOT_COUNTED = 'the kernel reports no plausible value'

/** `465.8G`, `1.8T`: the Monitor's format. */
export const formatSize = (size: number): string =>
  size >= 1024 * GIB ? `${(size / 1024 / GIB).toFixed(1)}T` : `${(size / GIB).toFixed(1)}G`

type OrReason = ReturnType<typeof createReasons>['orReason']

/** Counters and rates of one disk or the sum of several. */
export function describeIo(
  orReason: OrReason,
  counters: Measurement<DiskCounters>,
  rates: Measurement<Counters<keyof DiskCounters>>
) {
  return {
    read_bytes: orReason('read_bytes', counters.value?.readBytes, counters.reason ?? NOT_COUNTED),
    write_bytes: orReason('write_bytes', counters.value?.writeBytes, counters.reason ?? NOT_COUNTED),
    read_bytes_per_second: orReason('read_bytes_per_second', rates.value?.readBytes, rates.reason ?? NOT_COUNTED),
    write_bytes_per_second: orReason('write_bytes_per_second', rates.value?.writeBytes, rates.reason ?? NOT_COUNTED),
    reads_per_second: orReason('reads_per_second', rates.value?.reads, rates.reason ?? NOT_COUNTED),
    writes_per_second: orReason('writes_per_second', rates.value?.writes, rates.reason ?? NOT_COUNTED)
  }
}

function describeSmart(orReason: OrReason, { value, reason }: Readonly<Sample<Smart>>) {
  const nullReason = value === null ? reason : 'not reported by the disk'
  return {
    health: value?.health ?? 'unknown',
    smart_status: value?.status ?? 'unknown',
    temperature: orReason('temperature', value?.temperature, nullReason),
    power_on_hours: orReason('power_on_hours', value?.powerOnHours, nullReason),
    power_cycles: orReason('power_cycles', value?.powerCycles, nullReason),
    rotation_rate: orReason('rotation_rate', value?.rotationRate, nullReason),
    reallocated_sectors: orReason('reallocated_sectors', value?.reallocatedSectors, nullReason),
    pending_sectors: orReason('pending_sectors', value?.pendingSectors, nullReason),
    crc_errors: orReason('crc_errors', value?.crcErrors, nullReason),
    media_errors: orReason('media_errors', value?.mediaErrors, nullReason),
    percentage_used: orReason('percentage_used', value?.percentageUsed, nullReason)
  }
}

function describeMount(orReason: OrReason, mount: FilesystemReply | undefined) {
  if (mount === undefined) return {}
  const gibibytes = (field: string, size: number | null) =>
    orReason(field, size === null ? null : toGiB(size), mount.reason ?? NO_SIZE)
  return {
    mountpoint: mount.mountpoint,
    fstype: mount.fstype,
    total: gibibytes('total', mount.total_bytes),
    used: gibibytes('used', mount.used_bytes),
    available: gibibytes('available', mount.available_bytes),
    usage_percent: orReason('usage_percent', mount.usage_percent, mount.reason ?? NO_SIZE)
  }
}

/** A disk in the Monitor's names; `filesystems` are the file systems on it. */
export function describeDisk(
  disk: DiskState,
  smart: Readonly<Sample<Smart>>,
  filesystems: readonly FilesystemReply[],
  now: number
): DiskReply {
  const { reasons, orReason } = createReasons()
  const busy = disk.rates.value?.busyMs
  return {
    name: disk.name,
    type: disk.type,
    size: Math.floor(disk.size / 1024),
    size_formatted: formatSize(disk.size),
    size_bytes: disk.size,
    // SCSI truncates the model to 16 characters; SMART has it in full.
    model: orReason('model', smart.value?.model ?? disk.model, 'not reported by the disk'),
    serial: orReason('serial', disk.serial ?? smart.value?.serial, 'not reported by the disk'),
    rotational: orReason('rotational', disk.isRotational, 'not reported by the kernel'),
    removable: disk.isRemovable,
    physical: disk.isPhysical,
    partitions: disk.partitions.map(({ name, size }) => ({ name, size_bytes: size })),
    mounts: filesystems.map(({ mountpoint }) => mountpoint),
    ...describeMount(orReason, filesystems[0]),
    ...describeIo(orReason, disk.counters, disk.rates),
    utilization: orReason(
      'utilization',
      busy == null ? null : Math.min(100, Math.round(busy) / 10),
      disk.rates.reason ?? NOT_COUNTED
    ),
    ...describeSmart(orReason, smart),
    smart: describeAge(smart, now),
    reasons
  }
}
