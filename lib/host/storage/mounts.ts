import { decodeName, pathOf } from '../bytes.ts'
import { type Measurement, ok, unavailable } from '../measurement.ts'

export interface Mount {
  mountpoint: string
  /** The same for the system, which takes bytes where the name is no UTF-8. */
  path: string | Buffer
  /** A device, a share, a data set. */
  source: string
  fstype: string
  /** `major:minor` of the file system. */
  device: string
  /** The folder of the file system that is mounted here. */
  root: string
  isReadOnly: boolean
  /** It was mounted to be written, and the kernel has stopped that: after an error, most often. */
  hasStopped: boolean
  /** Asking for its size asks another machine or another program. */
  isRemote: boolean
}

/** File systems of this host that are on no block device of their own. */
const WITHOUT_DEVICE = new Set(['zfs', 'btrfs', 'bcachefs'])
/** Images that are full by nature: snaps, CDs. */
const IMAGES = new Set(['squashfs', 'iso9660', 'udf', 'erofs', 'cramfs', 'romfs'])
const REMOTE = /^(?:nfs4?|cifs|smb3|smbfs|ceph|afs|lustre|beegfs|gpfs|ocfs2|gfs2|9p|virtiofs|fuseblk|fuse\..+)$/
/** Views of something else that hold no data. */
const VIEWS = /^fuse\.(?:lxcfs|gvfsd-fuse|portal|snapfuse|squashfuse|fuse-overlayfs|rootlesskit|.*overlay.*)$/

const hasOption = (options: string, wanted: string): boolean => options.split(',').includes(wanted)

/**
 * Whoever mounts read-only makes both the mount and its file system so. A file system that gives up writing does so by
 * itself: it is `ro` under a mount that is `rw` or, with ext4 of newer kernels, `emergency_ro`.
 */
function describeWriting(mount: string, fileSystem: string) {
  const isReadOnly = hasOption(mount, 'ro')
  const hasStopped = !isReadOnly && ['ro', 'emergency_ro'].some((option) => hasOption(fileSystem, option))
  return { isReadOnly: isReadOnly || hasStopped, hasStopped }
}

const decodeOctal = (text: string): string =>
  text.replaceAll(/\\([0-3][0-7]{2})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

/** Reads the text of /proc/self/mountinfo (proc_pid_mountinfo(5)), bytes as latin1. */
export function parseMountinfo(text: string): Measurement<Mount[]> {
  const mounts: Mount[] = []
  for (const line of text.split('\n')) {
    const match = /^[^ ]+ [^ ]+ ([^ ]+) ([^ ]+) ([^ ]+) ([^ ]+)(?: [^ ]+)*? - ([^ ]+) ([^ ]*) ([^ ]+)$/.exec(line)
    if (!match) continue
    const [, device, root, mountpoint, options, fstype, source, superOptions] = match as unknown as string[]
    mounts.push({
      mountpoint: decodeName(decodeOctal(mountpoint!)),
      path: pathOf(decodeOctal(mountpoint!)),
      source: decodeName(decodeOctal(source!)),
      fstype: fstype!,
      device: device!,
      root: decodeName(decodeOctal(root!)),
      ...describeWriting(options!, superOptions!),
      isRemote: REMOTE.test(fstype!)
    })
  }
  return mounts.length === 0 ? unavailable('it names no mount') : ok(mounts)
}

const isReal = ({ fstype, source, isRemote }: Mount): boolean => {
  if (isRemote) return !VIEWS.test(fstype)
  if (WITHOUT_DEVICE.has(fstype)) return true
  // /dev/fuse is Proxmox's configuration; everything else without a device lives in memory.
  return source.startsWith('/dev/') && source !== '/dev/fuse' && !IMAGES.has(fstype) && fstype !== 'devtmpfs'
}

/** A whole file system says more than a folder of it, a short path more than a long one. */
const isBetter = (one: Mount, other: Mount): boolean =>
  one.root === other.root || (one.root !== '/' && other.root !== '/')
    ? one.mountpoint.length < other.mountpoint.length
    : one.root === '/'

/** Each real file system once, however often and in whatever parts it is mounted. */
export function pickFilesystems(mounts: readonly Mount[]): Mount[] {
  // What is mounted last at a place is what a path there leads to.
  const visible = new Map(mounts.map((mount) => [mount.mountpoint, mount]))
  const picked = new Map<string, Mount>()
  for (const mount of visible.values()) {
    if (!isReal(mount)) continue
    const known = picked.get(mount.device)
    if (known === undefined || isBetter(mount, known)) picked.set(mount.device, mount)
  }
  return [...picked.values()].sort((a, b) => (a.mountpoint < b.mountpoint ? -1 : 1))
}
