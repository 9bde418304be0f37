import type { FilesystemReply, PoolReply, StorageReply, StorageSummaryReply } from '../../../schemas/host/storage.ts'
import { createReasons, describeAge } from '../age.ts'
import type { Sample } from '../sampling.ts'
import { toGiB, toPercent } from '../units.ts'
import { describeDisk, describeIo, formatSize, NO_SIZE } from './describe-disk.ts'
import type { Disk } from './disk.ts'
import type { FilesystemState } from './filesystems.ts'
import type { StorageState } from './reader.ts'
import { type Smart, supportsSmart } from './smart.ts'
import type { Pool } from './zpool.ts'

const TIB = 1024 ** 4

/** Bytes; null if unknown. */
interface Space {
  used: number | null
  available: number | null
  reason: string | null
}

/** Space of this host's local file systems. File systems of one ZFS pool share its free space. */
export function addSpace(state: Readonly<StorageState>): Space {
  const { filesystems, pools } = state
  if (filesystems.value === null) return { used: null, available: null, reason: filesystems.reason }
  let used = 0
  let available = 0
  const datasets = new Map<string, { used: number; available: number }>()
  for (const { size, fstype, source, isRemote } of filesystems.value) {
    if (isRemote || size.value === null) continue
    if (fstype === 'zfs') {
      const pool = source.split('/', 1)[0]!
      const sum = datasets.get(pool) ?? { used: 0, available: 0 }
      sum.used += size.value.used ?? 0
      sum.available = Math.max(sum.available, size.value.available ?? 0)
      datasets.set(pool, sum)
    } else {
      used += size.value.used ?? 0
      available += size.value.available ?? 0
    }
  }
  // The pool's numbers include volumes and unmounted data sets.
  for (const { name, space } of pools.value ?? []) {
    const mounted = datasets.get(name)
    if (space !== null)
      datasets.set(name, {
        used: space.used ?? mounted?.used ?? 0,
        available: space.available ?? mounted?.available ?? 0
      })
  }
  for (const sum of datasets.values()) {
    used += sum.used
    available += sum.available
  }
  return { used, available, reason: null }
}

function describeFilesystem(one: FilesystemState, below: ReadonlyMap<string, readonly string[]>, now: number) {
  const { size, mountpoint, source, fstype, device, isReadOnly, isRemote } = one
  const reply: FilesystemReply = {
    mountpoint,
    device: source,
    fstype,
    total_bytes: size.value?.total ?? null,
    used_bytes: size.value?.used ?? null,
    available_bytes: size.value?.available ?? null,
    usage_percent: size.value?.usage ?? null,
    read_only: isReadOnly,
    remote: isRemote,
    // btrfs has an anonymous device number: its disk is found by the path of one of its devices.
    disks: [...(below.get(device) ?? below.get(source.slice(source.lastIndexOf('/') + 1)) ?? [])],
    ...describeAge(size, now)
  }
  if (size.value !== null && Object.values(size.value).includes(null)) reply.reason ??= NO_SIZE
  return reply
}

function describePool(pool: Pool): PoolReply {
  const { reasons, orReason } = createReasons()
  const size = 'not reported by ZFS'
  const errors = 'not reported by zpool status'
  const format = (bytes: number | null) => (bytes === null ? null : formatSize(bytes))
  return {
    name: pool.name,
    health: pool.health,
    size: orReason('size', format(pool.size), size),
    allocated: orReason('allocated', format(pool.allocated), size),
    free: orReason('free', format(pool.free), size),
    size_bytes: orReason('size_bytes', pool.size, size),
    allocated_bytes: orReason('allocated_bytes', pool.allocated, size),
    free_bytes: orReason('free_bytes', pool.free, size),
    usage_percent: orReason('usage_percent', pool.usage, size),
    fragmentation_percent: orReason('fragmentation_percent', pool.fragmentation, size),
    read_errors: orReason('read_errors', pool.errors?.read, errors),
    write_errors: orReason('write_errors', pool.errors?.write, errors),
    checksum_errors: orReason('checksum_errors', pool.errors?.checksum, errors),
    errors: orReason('errors', pool.errors?.data, errors),
    reasons
  }
}

function smartOf({ smart }: Readonly<StorageState>, disk: Disk): Readonly<Sample<Smart>> {
  const reason = smart.reason ?? (supportsSmart(disk) ? 'not measured yet' : 'this type of disk does not support SMART')
  return smart.value?.get(disk.name) ?? { value: null, reason, sampledAt: null, stale: false }
}

/** The answer of GET /api/storage in the Monitor's names; `now` is milliseconds since the epoch. */
export function describeStorage(state: Readonly<StorageState>, now: number): StorageReply {
  const { reasons, orReason } = createReasons()
  const { disks: sample, filesystems: mounted, smart, pools } = state
  const below = sample.value?.below ?? new Map()
  const filesystems = (mounted.value ?? []).map((one) => describeFilesystem(one, below, now))
  const disks = (sample.value?.disks ?? []).map((disk) =>
    describeDisk(
      disk,
      smartOf(state, disk),
      filesystems.filter((one) => one.disks.includes(disk.name)),
      now
    )
  )
  const physical = disks.filter((disk) => disk.physical)
  const ofDisks = <T>(field: string, value: T) => orReason(field, sample.value && value, sample.reason)
  const countHealth = (field: string, health: string) =>
    ofDisks(field, physical.filter((disk) => disk.health === health).length)
  const size = physical.reduce((sum, disk) => sum + disk.size_bytes, 0)
  const space = addSpace(state)
  const ofSpace = (field: string, value: number | null) => orReason(field, value, space.reason)
  const io = createReasons()
  const unknown = { value: null, reason: sample.reason ?? '' }
  const { counters, rates } = sample.value?.physical ?? { counters: unknown, rates: unknown }
  const isEmpty = space.used === null || space.available === null || space.used + space.available === 0

  return {
    success: true,
    ...describeAge(sample, now),
    total: ofDisks('total', Math.round((size / TIB) * 100) / 100),
    used: ofSpace('used', space.used === null ? null : toGiB(space.used)),
    available: ofSpace('available', space.available === null ? null : toGiB(space.available)),
    disk_count: ofDisks('disk_count', physical.length),
    total_bytes: ofDisks('total_bytes', size),
    used_bytes: ofSpace('used_bytes', space.used),
    available_bytes: ofSpace('available_bytes', space.available),
    usage_percent: orReason(
      'usage_percent',
      isEmpty ? null : toPercent(space.used!, space.used! + space.available!),
      space.reason ?? 'this host has no local file system'
    ),
    healthy_disks: countHealth('healthy_disks', 'healthy'),
    warning_disks: countHealth('warning_disks', 'warning'),
    critical_disks: countHealth('critical_disks', 'critical'),
    io: { ...describeIo(io.orReason, counters, rates), reasons: io.reasons },
    disks,
    filesystems,
    zfs_pools: (pools.value ?? []).map(describePool),
    sources: {
      disks: describeAge(sample, now),
      filesystems: describeAge(mounted, now),
      smart: describeAge(smart, now),
      zfs_pools: describeAge(pools, now)
    },
    reasons
  }
}

const TYPES = { nvme: 'NVMe', ssd: 'SSD', hdd: 'HDD', virtual: 'Virtual' }

/** The answer of GET /api/storage/summary. */
export function summarizeStorage(state: Readonly<StorageState>, now: number): StorageSummaryReply {
  const storage = describeStorage(state, now)
  const { reasons, orReason } = createReasons()
  const { used_bytes: used, available_bytes: available } = storage
  const { reasons: nullReasons } = storage
  return {
    success: true,
    ...describeAge(state.filesystems, now),
    total: orReason('total', storage.total, nullReasons.total!),
    used: orReason('used', storage.used, nullReasons.used!),
    available: orReason('available', storage.available, nullReasons.available!),
    disk_count: orReason('disk_count', storage.disk_count, nullReasons.disk_count!),
    total_capacity: orReason('total_capacity', used === null ? null : used + (available ?? 0), nullReasons.used_bytes!),
    used_space: orReason('used_space', used, nullReasons.used_bytes!),
    free_space: orReason('free_space', available, nullReasons.available_bytes!),
    usage_percentage: orReason('usage_percentage', storage.usage_percent, nullReasons.usage_percent!),
    disks: storage.disks
      .filter((disk) => disk.physical)
      .map(({ name, model, size_bytes, type }) => ({
        device: `/dev/${name}`,
        model,
        size: `${(size_bytes / 1024 ** 3).toFixed(2)} GB`,
        type: TYPES[type]
      })),
    reasons
  }
}
