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
  /** `virtual` where another system stands behind it: a hypervisor's disk, a network's, an array of others. */
  type: 'nvme' | 'ssd' | 'hdd' | 'virtual'
  /** It is a device of its own, not made of others that are counted too. */
  isPhysical: boolean
  model: string | null
  serial: string | null
  isRotational: boolean | null
  isRemovable: boolean
  partitions: Partition[]
}

export interface DiskList {
  disks: Disk[]
  /** Names of the disks below each block device, by its `major:minor` and by the last part of its path. */
  below: ReadonlyMap<string, readonly string[]>
}

const SECTOR = 512
/** Loop devices (snaps), RAM disks, floppies, optical drives, ZFS volumes and the mapper's layers are no disks. */
const NO_DISK = /^(?:loop|ram|zram|fd|sr|zd|dm-)/
/** Devices that stand on others, which /sys names in `slaves`. */
const LAYER = /^(?:dm-|md)/
const EMULATED = /^(?:QEMU|VBOX|VMware|Virtual|Msft|LIO-ORG|iSCSI|0x1af4)/i

const textOf = async (path: string): Promise<string> => (await readText(path)).value?.trim() ?? ''
const listOf = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])
const sizeOf = async (folder: string): Promise<number> => {
  const sectors = await textOf(join(folder, 'size'))
  return /^\d{1,15}$/.test(sectors) ? Number(sectors) * SECTOR : 0
}

async function serialOf(folder: string): Promise<string | null> {
  const plain = (await textOf(join(folder, 'serial'))) || (await textOf(join(folder, 'device/serial')))
  if (plain !== '') return plain
  // SCSI's unit serial number page (SPC-5, 7.7.18), which the kernel keeps: four bytes, then the text.
  const page = await readFile(join(folder, 'device/vpd_pg80')).catch(() => null)
  return page?.subarray(4).toString('latin1').replaceAll('\0', '').trim() || null
}

async function typeOf(name: string, folder: string, model: string, vendor: string): Promise<Disk['type']> {
  // The path in /sys names the bus.
  const path = await realpath(folder).catch(() => '')
  if (/\/(?:virtio\d|vbd-|vmbus)|:VMBUS/i.test(path) || EMULATED.test(vendor) || EMULATED.test(model)) return 'virtual'
  if (name.startsWith('nvme')) return 'nvme'
  return (await textOf(join(folder, 'queue/rotational'))) === '1' ? 'hdd' : 'ssd'
}

async function readDisk(name: string, folder: string, entries: readonly string[]): Promise<Disk | null> {
  const size = await sizeOf(folder)
  // An empty card reader; one of several ways to a disk that is listed by itself.
  if (size === 0 || (await textOf(join(folder, 'hidden'))) === '1') return null
  const isPhysical = entries.includes('device')
  const model = await textOf(join(folder, 'device/model'))
  const vendor = await textOf(join(folder, 'device/vendor'))
  const rotational = await textOf(join(folder, 'queue/rotational'))
  const partitions: Partition[] = []
  for (const entry of entries.filter((each) => each.startsWith(name))) {
    partitions.push({ name: entry, size: await sizeOf(join(folder, entry)) })
  }
  return {
    name,
    size,
    type: isPhysical ? await typeOf(name, folder, model, vendor) : 'virtual',
    isPhysical,
    model: model || null,
    serial: await serialOf(folder),
    isRotational: rotational === '' ? null : rotational === '1',
    isRemovable: (await textOf(join(folder, 'removable'))) === '1',
    partitions
  }
}

/** Reads the disks that /sys/block names. What it reads the kernel remembers: no sleeping disk is woken. */
export async function readDisks(sysDir: string): Promise<DiskList> {
  const root = join(sysDir, 'block')
  const disks: Disk[] = []
  const below = new Map<string, string[]>()
  const layers: { keys: string[]; slaves: string[] }[] = []

  for (const name of await listOf(root)) {
    if (NO_DISK.test(name) && !LAYER.test(name)) continue
    const folder = join(root, name)
    const entries = await listOf(folder)
    if (!NO_DISK.test(name)) {
      const disk = await readDisk(name, folder, entries)
      if (disk === null) continue
      disks.push(disk)
    }
    const parts = entries.filter((entry) => entry.startsWith(name))
    if (LAYER.test(name)) {
      const keys = [name, await textOf(join(folder, 'dev')), await textOf(join(folder, 'dm/name'))]
      for (const part of parts) keys.push(part, await textOf(join(folder, part, 'dev')))
      layers.push({ keys: keys.filter(Boolean), slaves: await listOf(join(folder, 'slaves')) })
    } else {
      below.set(name, [name]).set(await textOf(join(folder, 'dev')), [name])
      for (const part of parts) below.set(part, [name]).set(await textOf(join(folder, part, 'dev')), [name])
    }
  }
  // A layer may stand on another, in any order.
  for (const _ of layers) {
    for (const { keys, slaves } of layers) {
      const found = [...new Set(slaves.flatMap((slave) => below.get(slave) ?? []))]
      for (const key of keys) below.set(key, found)
    }
  }
  return { disks: disks.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })), below }
}
