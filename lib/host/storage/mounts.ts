import { decodeName, pathOf } from '../bytes.ts'
import { type Measurement, ok, unavailable } from '../measurement.ts'

export interface Mount {
  mountpoint: string
  /** The mount point for system calls: a Buffer if it is not valid UTF-8. */
  path: string | Buffer
  /** A device, share or data set. */
  source: string
  fstype: string
  /** `major:minor` of the file system. */
  device: string
  /** The mounted folder within the file system. */
  root: string
  isReadOnly: boolean
  /** Mounted read-write, but the kernel made it read-only, usually after an error. */
  hasStopped: boolean
  /** statfs on it queries another machine or a user-space program. */
  isRemote: boolean
}

/** Local file systems whose source is not a block device. */
const WITHOUT_DEVICE = new Set(['zfs', 'btrfs', 'bcachefs'])
/** Read-only images that are always full: snaps, CDs. */
const IMAGES = new Set(['squashfs', 'iso9660', 'udf', 'erofs', 'cramfs', 'romfs'])
const REMOTE = /^(?:nfs4?|cifs|smb3|smbfs|ceph|afs|lustre|beegfs|gpfs|ocfs2|gfs2|9p|virtiofs|fuseblk|fuse\..+)$/
/** FUSE file systems that store no data. */
const VIEWS = /^fuse\.(?:lxcfs|gvfsd-fuse|portal|snapfuse|squashfuse|fuse-overlayfs|rootlesskit|.*overlay.*)$/

const hasOption = (options: string, wanted: string): boolean => options.split(',').includes(wanted)

/**
 * A read-only mount has `ro` in its mount options. After an error the kernel makes only the file system read-only: the
 * mount stays `rw` while the file system is `ro` or, with ext4 on newer kernels, `emergency_ro`.
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
  return mounts.length === 0 ? unavailable('/proc/self/mountinfo lists no mount') : ok(mounts)
}

const isReal = ({ fstype, source, isRemote }: Mount): boolean => {
  if (isRemote) return !VIEWS.test(fstype)
  if (WITHOUT_DEVICE.has(fstype)) return true
  // /dev/fuse is Proxmox's configuration (/etc/pve). Other file systems without a device are in memory.
  return source.startsWith('/dev/') && source !== '/dev/fuse' && !IMAGES.has(fstype) && fstype !== 'devtmpfs'
}

/** Prefers a mount of the whole file system to a mount of a folder, and a short path to a long one. */
const isBetter = (one: Mount, other: Mount): boolean =>
  one.root === other.root || (one.root !== '/' && other.root !== '/')
    ? one.mountpoint.length < other.mountpoint.length
    : one.root === '/'

/** Picks one mount of each real file system. */
export function pickFilesystems(mounts: readonly Mount[]): Mount[] {
  // The last mount at a mount point hides the earlier ones.
  const visible = new Map(mounts.map((mount) => [mount.mountpoint, mount]))
  const picked = new Map<string, Mount>()
  for (const mount of visible.values()) {
    if (!isReal(mount)) continue
    const known = picked.get(mount.device)
    if (known === undefined || isBetter(mount, known)) picked.set(mount.device, mount)
  }
  return [...picked.values()].sort((a, b) => (a.mountpoint < b.mountpoint ? -1 : 1))
}
