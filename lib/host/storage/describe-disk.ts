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
/** Why a figure of a file system that was measured is null. */
export const NO_SIZE = 'the file system reports no plausible number'
const NOT_COUNTED = 'the kernel shows no plausible count'

/** `465.8G`, `1.8T`: the Monitor's form. */
export const formatSize = (size: number): string =>
  size >= 1024 * GIB ? `${(size / 1024 / GIB).toFixed(1)}T` : `${(size / GIB).toFixed(1)}G`

type Tell = ReturnType<typeof createReasons>['tell']

/** Counters and rates of one disk or of several. */
export function describeIo(
  tell: Tell,
  counters: Measurement<DiskCounters>,
  rates: Measurement<Counters<keyof DiskCounters>>
) {
  return {
    read_bytes: tell('read_bytes', counters.value?.readBytes, counters.reason ?? NOT_COUNTED),
    write_bytes: tell('write_bytes', counters.value?.writeBytes, counters.reason ?? NOT_COUNTED),
    read_bytes_per_second: tell('read_bytes_per_second', rates.value?.readBytes, rates.reason ?? NOT_COUNTED),
    write_bytes_per_second: tell('write_bytes_per_second', rates.value?.writeBytes, rates.reason ?? NOT_COUNTED),
    reads_per_second: tell('reads_per_second', rates.value?.reads, rates.reason ?? NOT_COUNTED),
    writes_per_second: tell('writes_per_second', rates.value?.writes, rates.reason ?? NOT_COUNTED)
  }
}

function describeSmart(tell: Tell, { value, reason }: Readonly<Sample<Smart>>) {
  const why = value === null ? reason : 'the disk does not tell'
  return {
    health: value?.health ?? 'unknown',
    smart_status: value?.status ?? 'unknown',
    temperature: tell('temperature', value?.temperature, why),
    power_on_hours: tell('power_on_hours', value?.powerOnHours, why),
    power_cycles: tell('power_cycles', value?.powerCycles, why),
    rotation_rate: tell('rotation_rate', value?.rotationRate, why),
    reallocated_sectors: tell('reallocated_sectors', value?.reallocatedSectors, why),
    pending_sectors: tell('pending_sectors', value?.pendingSectors, why),
    crc_errors: tell('crc_errors', value?.crcErrors, why),
    media_errors: tell('media_errors', value?.mediaErrors, why),
    percentage_used: tell('percentage_used', value?.percentageUsed, why)
  }
}

function describeMount(tell: Tell, mount: FilesystemReply | undefined) {
  if (mount === undefined) return {}
  const gibibytes = (field: string, size: number | null) =>
    tell(field, size === null ? null : toGiB(size), mount.reason ?? NO_SIZE)
  return {
    mountpoint: mount.mountpoint,
    fstype: mount.fstype,
    total: gibibytes('total', mount.total_bytes),
    used: gibibytes('used', mount.used_bytes),
    available: gibibytes('available', mount.available_bytes),
    usage_percent: tell('usage_percent', mount.usage_percent, mount.reason ?? NO_SIZE)
  }
}

/** A disk in the Monitor's names; `filesystems` are those on it. */
export function describeDisk(
  disk: DiskState,
  smart: Readonly<Sample<Smart>>,
  filesystems: readonly FilesystemReply[],
  now: number
): DiskReply {
  const { reasons, tell } = createReasons()
  const busy = disk.rates.value?.busyMs
  return {
    name: disk.name,
    type: disk.type,
    size: Math.floor(disk.size / 1024),
    size_formatted: formatSize(disk.size),
    size_bytes: disk.size,
    // SCSI cuts a model off after 16 letters; SMART tells all of it.
    model: tell('model', smart.value?.model ?? disk.model, 'the disk tells none'),
    serial: tell('serial', disk.serial ?? smart.value?.serial, 'the disk tells none'),
    rotational: tell('rotational', disk.isRotational, 'the kernel tells nothing'),
    removable: disk.isRemovable,
    physical: disk.isPhysical,
    partitions: disk.partitions.map(({ name, size }) => ({ name, size_bytes: size })),
    mounts: filesystems.map(({ mountpoint }) => mountpoint),
    ...describeMount(tell, filesystems[0]),
    ...describeIo(tell, disk.counters, disk.rates),
    utilization: tell(
      'utilization',
      busy == null ? null : Math.min(100, Math.round(busy) / 10),
      disk.rates.reason ?? NOT_COUNTED
    ),
    ...describeSmart(tell, smart),
    smart: describeAge(smart, now),
    reasons
  }
}
