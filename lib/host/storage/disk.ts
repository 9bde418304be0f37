import { readdir, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { readText } from '../source.ts'

export interface Partition {
  name: string
  /** Bytes. */
  size: number
}

export interface Disk {
  name: string
  /** Bytes. */
  size: number
  /** `virtual`: provided by a hypervisor, a network or an array of other disks. */
  type: 'nvme' | 'ssd' | 'hdd' | 'virtual'
  /** Not assembled from other disks, so it counts in totals. */
  isPhysical: boolean
  /** Device to take the counters from: the disk itself, or the multipath device above its paths. */
  countedAs: string
  model: string | null
  serial: string | null
  isRotational: boolean | null
  isRemovable: boolean
  partitions: Partition[]
}

export interface DiskList {
  disks: Disk[]
  /** Names of the disks below each block device, by `major:minor` and by the last part of the device path. */
  below: ReadonlyMap<string, readonly string[]>
}

const SECTOR = 512
/** Not disks: loop devices (snaps), RAM disks, floppies, optical drives, ZFS volumes and device-mapper layers. */
const NO_DISK = /^(?:loop|ram|zram|fd|sr|zd|dm-)/
/** Firmware and key areas of an eMMC, listed both beside the disk and in its folder. */
const EMMC_AREA = /^mmcblk\d+(?:boot\d+|rpmb)$/
/** Images in a Ceph cluster. They have a `device` entry like disks. */
const REMOTE = /^rbd\d/
/** Devices assembled from the devices that /sys lists in `slaves`. */
const LAYER = /^(?:dm-|md)/
const EMULATED = /^(?:QEMU|VBOX|VMware|Virtual|Msft|LIO-ORG|iSCSI|0x1af4)/i

/** Partition names: each partition has a folder in the disk's folder. */
const partsOf = (name: string, entries: readonly string[]): string[] =>
  entries.filter((entry) => entry.startsWith(name) && !EMMC_AREA.test(entry))

const textOf = async (path: string): Promise<string> => (await readText(path)).value?.trim() ?? ''
const listOf = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])
const sizeOf = async (folder: string): Promise<number> => {
  const sectors = await textOf(join(folder, 'size'))
  return /^\d{1,15}$/.test(sectors) ? Number(sectors) * SECTOR : 0
}

async function serialOf(folder: string): Promise<string | null> {
  const plain = (await textOf(join(folder, 'serial'))) || (await textOf(join(folder, 'device/serial')))
  if (plain !== '') return plain
  // SCSI unit serial number page (SPC-5, 7.7.18), cached by the kernel: a four-byte header, then the text.
  const page = await readFile(join(folder, 'device/vpd_pg80')).catch(() => null)
  return page?.subarray(4).toString('latin1').replaceAll('\0', '').trim() || null
}

async function typeOf(name: string, folder: string, model: string, isRotational: boolean): Promise<Disk['type']> {
  // The path in /sys contains the bus.
  const path = await realpath(folder).catch(() => '')
  if (
    /\/(?:virtio\d|vbd-|vmbus)|:VMBUS/i.test(path) ||
    EMULATED.test(model) ||
    EMULATED.test(await textOf(join(folder, 'device/vendor')))
  )
    return 'virtual'
  if (name.startsWith('nvme')) return 'nvme'
  return isRotational ? 'hdd' : 'ssd'
}

async function readDisk(name: string, folder: string, entries: readonly string[]): Promise<Disk | null> {
  const size = await sizeOf(folder)
  // Size 0 is an empty card reader. A hidden device is one path to a disk that is listed separately.
  if (size === 0 || (await textOf(join(folder, 'hidden'))) === '1') return null
  const isPhysical = entries.includes('device') && !REMOTE.test(name)
  const model = await textOf(join(folder, 'device/model'))
  const rotational = await textOf(join(folder, 'queue/rotational'))
  const partitions: Partition[] = []
  for (const entry of partsOf(name, entries)) {
    partitions.push({ name: entry, size: await sizeOf(join(folder, entry)) })
  }
  return {
    name,
    size,
    type: isPhysical ? await typeOf(name, folder, model, rotational === '1') : 'virtual',
    isPhysical,
    countedAs: name,
    model: model || null,
    serial: await serialOf(folder),
    isRotational: rotational === '' ? null : rotational === '1',
    isRemovable: (await textOf(join(folder, 'removable'))) === '1',
    partitions
  }
}

/** Keeps the first of several paths to one disk. Returns the names of the other paths, mapped to the first. */
function mergePaths(disks: readonly Disk[], multipaths: readonly { name: string; paths: string[] }[]) {
  const others = new Map<string, string>()
  for (const { name, paths } of multipaths) {
    const [first, ...more] = disks.filter((disk) => paths.includes(disk.name))
    if (first) first.countedAs = name
    for (const disk of more) others.set(disk.name, first!.name)
  }
  return others
}

/** Reads the disks in /sys/block. All values are cached by the kernel: no sleeping disk is woken. */
export async function readDisks(sysDir: string): Promise<DiskList> {
  const root = join(sysDir, 'block')
  const disks: Disk[] = []
  const below = new Map<string, string[]>()
  const layers: { keys: string[]; slaves: string[] }[] = []
  const multipaths: { name: string; paths: string[] }[] = []

  for (const name of await listOf(root)) {
    if (EMMC_AREA.test(name) || (NO_DISK.test(name) && !LAYER.test(name))) continue
    const folder = join(root, name)
    const entries = await listOf(folder)
    if (!NO_DISK.test(name)) {
      const disk = await readDisk(name, folder, entries)
      if (disk === null) continue
      disks.push(disk)
    }
    const parts = partsOf(name, entries)
    if (LAYER.test(name)) {
      const keys = [name, await textOf(join(folder, 'dev')), await textOf(join(folder, 'dm/name'))]
      for (const part of parts) keys.push(part, await textOf(join(folder, part, 'dev')))
      const slaves = await listOf(join(folder, 'slaves'))
      layers.push({ keys: keys.filter(Boolean), slaves })
      // dm-multipath gives its devices this prefix; their partitions begin with part1-.
      if ((await textOf(join(folder, 'dm/uuid'))).startsWith('mpath-')) multipaths.push({ name, paths: slaves })
    } else {
      below.set(name, [name]).set(await textOf(join(folder, 'dev')), [name])
      for (const part of parts) below.set(part, [name]).set(await textOf(join(folder, part, 'dev')), [name])
    }
  }
  disks.sort(({ name: a }, { name: b }) => a.localeCompare(b, 'en', { numeric: true }))
  const others = mergePaths(disks, multipaths)
  for (const [key, [name]] of below) if (others.has(name!)) below.set(key, [others.get(name!)!])
  // Layers can be stacked in any order: repeat until the deepest is resolved.
  for (const _ of layers) {
    for (const { keys, slaves } of layers) {
      const found = [...new Set(slaves.flatMap((slave) => below.get(slave) ?? []))]
      for (const key of keys) below.set(key, found)
    }
  }
  return { disks: disks.filter(({ name }) => !others.has(name)), below }
}
