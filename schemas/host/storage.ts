import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { AgeSchema, ageProperties, ReasonsSchema } from './age.ts'

const number = (description: string, example: number) =>
  Nullable(Type.Number({ description: `${description}.`, examples: [example] }))
const integer = (description: string, example: number) =>
  Nullable(Type.Integer({ description: `${description}.`, examples: [example] }))
const gibibytes = (description: string, example: number) => number(`${description}, GiB`, example)
const bytes = (description: string, example: number) => integer(`${description}, bytes`, example)
const text = (description: string, example: string) =>
  Type.String({ description: `${description}.`, examples: [example] })

const ioProperties = {
  read_bytes: bytes('Read since boot', 52428800),
  write_bytes: bytes('Written since boot', 104857600),
  read_bytes_per_second: number('Read, bytes per second between two samples', 4096),
  write_bytes_per_second: number('Written, bytes per second between two samples', 8192),
  reads_per_second: number('Read requests per second', 1.2),
  writes_per_second: number('Write requests per second', 3.4)
}

export const DiskSchema = NamedObject('Disk', {
  name: text('Name of the block device', 'sda'),
  type: Type.Enum(['nvme', 'ssd', 'hdd', 'virtual'], {
    type: 'string',
    description: '`virtual`: provided by a hypervisor, a network or an array of other disks.',
    examples: ['ssd']
  }),
  size: Type.Integer({ description: 'Capacity, KiB.', examples: [488386584] }),
  size_formatted: text('Capacity as text', '465.8G'),
  size_bytes: Type.Integer({ description: 'Capacity, bytes.', examples: [500107862016] }),
  model: Nullable(text('Model', 'Samsung SSD 870 EVO 500GB')),
  serial: Nullable(text('Serial number', 'S62ANX0R123456')),
  rotational: Nullable(
    Type.Boolean({ description: 'Whether the kernel treats it as a rotating disk.', examples: [false] })
  ),
  removable: Type.Boolean({ description: 'Whether the kernel treats it as removable.', examples: [false] }),
  physical: Type.Boolean({
    description: 'Whether it counts in totals; false for arrays of other disks.',
    examples: [true]
  }),
  partitions: Type.Array(
    NamedObject('Partition', {
      name: text('Name', 'sda1'),
      size_bytes: Type.Integer({ description: 'Bytes.', examples: [1048576] })
    })
  ),
  mounts: Type.Array(Type.String(), { description: 'Mount points of its file systems.', examples: [['/']] }),
  mountpoint: Type.Optional(text('The first of `mounts`', '/')),
  fstype: Type.Optional(text('File system at `mountpoint`', 'ext4')),
  total: Type.Optional(gibibytes('Size of the file system at `mountpoint`', 457.4)),
  used: Type.Optional(gibibytes('Used space of the file system at `mountpoint`', 120.2)),
  available: Type.Optional(
    gibibytes('Space available to unprivileged users in the file system at `mountpoint`', 313.9)
  ),
  usage_percent: Type.Optional(number('Used share of the file system at `mountpoint`, percent, as in df', 27.7)),
  ...ioProperties,
  utilization: number('Share of time with a request in flight, percent', 2.5),
  health: Type.Enum(['healthy', 'warning', 'critical', 'unknown'], {
    type: 'string',
    description:
      'Health by SMART. `warning`: bad sectors, media errors or wear; `critical`: the disk predicts its failure.',
    examples: ['healthy']
  }),
  smart_status: Type.Enum(['passed', 'failed', 'unknown'], {
    type: 'string',
    description: 'Overall assessment by the disk.',
    examples: ['passed']
  }),
  temperature: number('Temperature, °C', 34),
  power_on_hours: integer('Power-on hours', 12345),
  power_cycles: integer('Power cycles', 123),
  rotation_rate: integer('Revolutions per minute; 0 for an SSD', 0),
  reallocated_sectors: integer('Reallocated sectors', 0),
  pending_sectors: integer('Unreadable sectors waiting for reallocation', 0),
  crc_errors: integer('CRC errors, usually caused by the cable', 0),
  media_errors: integer('Media errors; NVMe only', 0),
  percentage_used: integer('Used share of the rated lifetime, percent; NVMe only', 3),
  smart: Type.Object(ageProperties, { title: 'SampleAge', description: 'Age of the SMART data.' }),
  reasons: ReasonsSchema
})
export type DiskReply = Static<typeof DiskSchema>

export const FilesystemSchema = NamedObject('Filesystem', {
  mountpoint: text('Mount point', '/'),
  device: text('Mounted device, share or data set', '/dev/sda1'),
  fstype: text('File system type', 'ext4'),
  total_bytes: bytes('Size', 491135651840),
  used_bytes: bytes('Used', 129063624704),
  available_bytes: bytes('Space available to unprivileged users', 337047347200),
  usage_percent: number('Used share, percent, as in df', 27.7),
  read_only: Type.Boolean({ description: 'Mounted read-only.', examples: [false] }),
  remote: Type.Boolean({ description: 'Provided by another machine or a user-space program.', examples: [false] }),
  disks: Type.Array(Type.String(), { description: 'Disks that hold the file system.', examples: [['sda']] }),
  ...ageProperties
})
export type FilesystemReply = Static<typeof FilesystemSchema>

export const PoolSchema = NamedObject('ZfsPool', {
  name: text('Name', 'rpool'),
  health: text('State reported by ZFS', 'ONLINE'),
  size: Nullable(text('Size as text', '464.0G')),
  allocated: Nullable(text('Allocated space as text', '120.5G')),
  free: Nullable(text('Free space as text', '343.5G')),
  size_bytes: bytes('Size in zpool, including raidz parity', 498216206336),
  allocated_bytes: bytes('Allocated space, including parity', 129385889792),
  free_bytes: bytes('Free space, including parity', 368830316544),
  usage_percent: number('Allocated share, percent', 25),
  fragmentation_percent: number('Fragmentation of the free space, percent', 12),
  read_errors: integer('Read errors of all devices', 0),
  write_errors: integer('Write errors of all devices', 0),
  checksum_errors: integer('Checksum errors of all devices', 0),
  errors: Nullable(text('Data errors, as text from zpool status', 'No known data errors')),
  reasons: ReasonsSchema
})
export type PoolReply = Static<typeof PoolSchema>

const totals = {
  total: number('Capacity of the physical disks, TiB', 0.45),
  used: gibibytes('Used space of local file systems and ZFS pools', 120.2),
  available: gibibytes('Available space in local file systems and ZFS pools', 313.9),
  disk_count: integer('Physical disks', 1)
}

export const StorageReplySchema = Type.Object({
  success: SuccessSchema,
  ...ageProperties,
  ...totals,
  total_bytes: bytes('Capacity of the physical disks', 500107862016),
  used_bytes: bytes(
    'Used space of local file systems and ZFS pools, each counted once and without parity; network file systems are excluded',
    129063624704
  ),
  available_bytes: bytes('Available space in local file systems and ZFS pools', 337047347200),
  usage_percent: number('Used share of used and available space, percent', 27.7),
  healthy_disks: integer('Physical disks with the health `healthy`', 1),
  warning_disks: integer('Physical disks with the health `warning`', 0),
  critical_disks: integer('Physical disks with the health `critical`', 0),
  io: NamedObject(
    'DiskIo',
    { ...ioProperties, reasons: ReasonsSchema },
    { description: 'Sum over the physical disks.' }
  ),
  disks: Type.Array(DiskSchema),
  filesystems: Type.Array(FilesystemSchema, {
    description: 'Real file systems, each listed once; without snaps, overlays, memory file systems and bind mounts.'
  }),
  zfs_pools: Type.Array(PoolSchema),
  sources: NamedObject(
    'StorageSources',
    { disks: AgeSchema, filesystems: AgeSchema, smart: AgeSchema, zfs_pools: AgeSchema },
    { description: 'Age of each part, and the reason for a missing part.' }
  ),
  reasons: ReasonsSchema
})
export type StorageReply = Static<typeof StorageReplySchema>

export const StorageSummaryReplySchema = Type.Object({
  success: SuccessSchema,
  ...ageProperties,
  ...totals,
  total_capacity: bytes('Used and available space together', 466110971904),
  used_space: bytes('Same as `used`', 129063624704),
  free_space: bytes('Same as `available`', 337047347200),
  usage_percentage: number('Used share of used and available space, percent', 27.7),
  disks: Type.Array(
    NamedObject('DiskSummary', {
      device: text('Device path', '/dev/sda'),
      model: Nullable(text('Model', 'Samsung SSD 870 EVO 500GB')),
      size: text('Capacity as text', '465.76 GB'),
      type: text('HDD, SSD, NVMe or Virtual', 'SSD')
    }),
    { description: 'Physical disks.' }
  ),
  reasons: ReasonsSchema
})
export type StorageSummaryReply = Static<typeof StorageSummaryReplySchema>
