import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
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
  read_bytes_per_second: number('Read, bytes a second over the interval between two samples', 4096),
  write_bytes_per_second: number('Written, bytes a second over the interval between two samples', 8192),
  reads_per_second: number('Read requests a second', 1.2),
  writes_per_second: number('Write requests a second', 3.4)
}

export const DiskSchema = Type.Object({
  name: text('Name of the block device', 'sda'),
  type: Type.Enum(['nvme', 'ssd', 'hdd', 'virtual'], {
    type: 'string',
    description: '`virtual`: another system stands behind it, a hypervisor, a network, an array.',
    examples: ['ssd']
  }),
  size: Type.Integer({ description: 'Capacity, KiB.', examples: [488386584] }),
  size_formatted: text('Capacity, for people', '465.8G'),
  size_bytes: Type.Integer({ description: 'Capacity, bytes.', examples: [500107862016] }),
  model: Nullable(text('Model', 'Samsung SSD 870 EVO 500GB')),
  serial: Nullable(text('Serial number', 'S62ANX0R123456')),
  rotational: Nullable(Type.Boolean({ description: 'As the kernel takes it.', examples: [false] })),
  removable: Type.Boolean({ description: 'As the kernel takes it.', examples: [false] }),
  physical: Type.Boolean({ description: 'Counts in the totals; false of arrays made of others.', examples: [true] }),
  partitions: Type.Array(
    Type.Object({
      name: text('Name', 'sda1'),
      size_bytes: Type.Integer({ description: 'Bytes.', examples: [1048576] })
    })
  ),
  mounts: Type.Array(Type.String(), { description: 'Where its file systems are mounted.', examples: [['/']] }),
  mountpoint: Type.Optional(text('The first of `mounts`', '/')),
  fstype: Type.Optional(text('File system at `mountpoint`', 'ext4')),
  total: Type.Optional(gibibytes('Size of the file system at `mountpoint`', 457.4)),
  used: Type.Optional(gibibytes('Used of it', 120.2)),
  available: Type.Optional(gibibytes('Available of it to ordinary users', 313.9)),
  usage_percent: Type.Optional(number('Share of it that is used, percent, as df reckons', 27.7)),
  ...ioProperties,
  utilization: number('Share of the time in which a request was under way, percent', 2.5),
  health: Type.Enum(['healthy', 'warning', 'critical', 'unknown'], {
    type: 'string',
    description: 'By SMART. `warning`: bad sectors, media errors or worn out; `critical`: the disk expects to fail.',
    examples: ['healthy']
  }),
  smart_status: Type.Enum(['passed', 'failed', 'unknown'], {
    type: 'string',
    description: 'The disk’s own verdict.',
    examples: ['passed']
  }),
  temperature: number('°C', 34),
  power_on_hours: integer('Hours switched on', 12345),
  power_cycles: integer('Times switched on', 123),
  rotation_rate: integer('Revolutions a minute; 0 of what does not turn', 0),
  reallocated_sectors: integer('Sectors replaced', 0),
  pending_sectors: integer('Sectors that could not be read', 0),
  crc_errors: integer('Errors on the cable', 0),
  media_errors: integer('Errors of NVMe’s medium', 0),
  percentage_used: integer('Share of its rated life that is used up, percent; NVMe', 3),
  smart: Type.Object(ageProperties, { description: 'How old what SMART says is.' }),
  reasons: ReasonsSchema
})
export type DiskReply = Static<typeof DiskSchema>

export const FilesystemSchema = Type.Object({
  mountpoint: text('Where it is mounted', '/'),
  device: text('What is mounted', '/dev/sda1'),
  fstype: text('Kind of file system', 'ext4'),
  total_bytes: bytes('Size', 491135651840),
  used_bytes: bytes('Used', 129063624704),
  available_bytes: bytes('What ordinary users may still write', 337047347200),
  usage_percent: number('Used of used and available, percent, as df reckons', 27.7),
  read_only: Type.Boolean({ description: 'Nothing can be written.', examples: [false] }),
  remote: Type.Boolean({ description: 'It is another machine’s, or another program’s.', examples: [false] }),
  disks: Type.Array(Type.String(), { description: 'Disks below it.', examples: [['sda']] }),
  ...ageProperties
})
export type FilesystemReply = Static<typeof FilesystemSchema>

export const PoolSchema = Type.Object({
  name: text('Name', 'rpool'),
  health: text('State, as ZFS has it', 'ONLINE'),
  size: Nullable(text('Size, for people', '464.0G')),
  allocated: Nullable(text('Allocated, for people', '120.5G')),
  free: Nullable(text('Free, for people', '343.5G')),
  size_bytes: bytes('Size, as zpool has it: that of a raidz with its parity', 498216206336),
  allocated_bytes: bytes('Allocated, parity included', 129385889792),
  free_bytes: bytes('Free, parity included', 368830316544),
  usage_percent: number('Share allocated, percent', 25),
  fragmentation_percent: number('Fragmentation of what is free, percent', 12),
  read_errors: integer('Of all its devices', 0),
  write_errors: integer('Of all its devices', 0),
  checksum_errors: integer('Of all its devices', 0),
  errors: Nullable(text('What is lost, in ZFS’s words', 'No known data errors')),
  reasons: ReasonsSchema
})
export type PoolReply = Static<typeof PoolSchema>

const totals = {
  total: number('Capacity of the physical disks, TiB', 0.45),
  used: gibibytes('Used of this host’s own file systems and ZFS pools', 120.2),
  available: gibibytes('Available in them', 313.9),
  disk_count: integer('Physical disks', 1)
}

export const StorageReplySchema = Type.Object({
  success: SuccessSchema,
  ...ageProperties,
  ...totals,
  total_bytes: bytes('Capacity of the physical disks', 500107862016),
  used_bytes: bytes(
    'Used of this host’s own file systems and ZFS pools, each once and without parity; network ones do not count',
    129063624704
  ),
  available_bytes: bytes('Available in them', 337047347200),
  usage_percent: number('Used of used and available, percent', 27.7),
  healthy_disks: integer('Physical disks that say they are well', 1),
  warning_disks: integer('Physical disks to look after', 0),
  critical_disks: integer('Physical disks that expect to fail', 0),
  io: Type.Object({ ...ioProperties, reasons: ReasonsSchema }, { description: 'The physical disks together.' }),
  disks: Type.Array(DiskSchema),
  filesystems: Type.Array(FilesystemSchema, {
    description: 'Real ones, each once: no snaps, overlays, memory, or folders mounted again.'
  }),
  zfs_pools: Type.Array(PoolSchema),
  sources: Type.Object(
    { disks: AgeSchema, filesystems: AgeSchema, smart: AgeSchema, zfs_pools: AgeSchema },
    { description: 'How old each part is, and why one is missing.' }
  ),
  reasons: ReasonsSchema
})
export type StorageReply = Static<typeof StorageReplySchema>

export const StorageSummaryReplySchema = Type.Object({
  success: SuccessSchema,
  ...ageProperties,
  ...totals,
  total_capacity: bytes('Used and available space together', 466110971904),
  used_space: bytes('As `used`', 129063624704),
  free_space: bytes('As `available`', 337047347200),
  usage_percentage: number('Used of used and available, percent', 27.7),
  disks: Type.Array(
    Type.Object({
      device: text('Path', '/dev/sda'),
      model: Nullable(text('Model', 'Samsung SSD 870 EVO 500GB')),
      size: text('Capacity, for people', '465.76 GB'),
      type: text('HDD, SSD, NVMe or Virtual', 'SSD')
    }),
    { description: 'Physical disks.' }
  ),
  reasons: ReasonsSchema
})
export type StorageSummaryReply = Static<typeof StorageSummaryReplySchema>
