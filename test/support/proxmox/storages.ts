import { die } from './context.ts'
import type { State, Storage, Volume } from './types.ts'

const isSeenBy = (storage: Storage, volume: Volume, node: string) =>
  volume.storage === storage.storage && (storage.shared || volume.node === node)

export const volumesOn = (state: State, storage: Storage, node: string) =>
  state.volumes.filter((volume) => isSeenBy(storage, volume, node))

/** Its sizes as one node sees them; null where it is off or dead. */
export function usageOf(state: State, storage: Storage, node: string) {
  if (!storage.enabled || !storage.active) return null
  const used = volumesOn(state, storage, node).reduce((sum, volume) => sum + volume.used, storage.used)
  return { total: storage.total, used: Math.min(used, storage.total), avail: Math.max(0, storage.total - used) }
}

/** Texts of PVE::Storage: storage_config, storage_check_enabled, activate_storage. */
export function findStorage(state: State, name: string): Storage {
  const storage = state.storages.find((each) => each.storage === name) ?? die(`storage '${name}' does not exist`)
  if (!storage.enabled) die(`storage '${name}' is disabled`)
  if (!storage.active) die(`storage '${name}' is not online`)
  return storage
}

/** What each kind of storage says when it is full; from memory of lvm2, ZFS and mke2fs. */
const fullTexts = {
  lvmthin: (name: string) =>
    `lvcreate 'pve/${name}' error:   Cannot create new thin volume, free space in thin pool pve/data reached threshold.`,
  zfspool: (name: string) => `zfs error: cannot create 'rpool/data/${name}': out of space`,
  dir: () => 'unable to create image: No space left on device',
  nfs: () => 'unable to create image: No space left on device'
}

/** Allocates the root disk of a container, `size` in GiB. */
export function allocate(state: State, storageName: string, vmid: number, size: number): Volume {
  const storage = findStorage(state, storageName)
  const isFile = storage.type === 'dir' || storage.type === 'nfs'
  const name = storage.type === 'zfspool' ? `subvol-${vmid}-disk-0` : `vm-${vmid}-disk-0`
  const bytes = size * 1024 ** 3
  // A thin volume takes what is written: an empty ext4 of this size, and the template.
  const used = Math.round(bytes * 0.06)
  const usage = usageOf(state, storage, state.node)!
  if (usage.avail < used) die(fullTexts[storage.type](name))
  const volume: Volume = {
    volid: `${storageName}:${isFile ? `${vmid}/${name}.raw` : name}`,
    storage: storageName,
    node: state.node,
    content: 'rootdir',
    format: storage.type === 'zfspool' ? 'subvol' : 'raw',
    size: bytes,
    used,
    createdAt: Date.now(),
    vmid
  }
  state.volumes.push(volume)
  return volume
}

export const release = (state: State, vmid: number) => {
  state.volumes = state.volumes.filter((volume) => volume.vmid !== vmid)
}
