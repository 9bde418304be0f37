import { constants, type Stats } from 'node:fs'
import { type FileHandle, open, stat, statfs } from 'node:fs/promises'

/**
 * Magic numbers (statfs(2)) of file systems whose files the kernel generates. Reading such a file can block, consume
 * data or access a device. tmpfs and FUSE are allowed: /etc/pve is FUSE.
 */
const SPECIAL = new Set([
  0x9fa0, // proc
  0x6265_6572, // sysfs
  0x1cd1, // devpts
  0x27_e0eb, // cgroup
  0x6367_7270, // cgroup2
  0x6462_6720, // debugfs
  0x7472_6163, // tracefs
  0x7363_6673, // securityfs
  0xf97c_ff8c, // selinuxfs
  0x4341_5d53, // smackfs
  0x5a3c_69f0, // apparmorfs
  0x6265_6570, // configfs
  0x6165_676c, // pstore
  0xde5e_81e4, // efivarfs
  0xcafe_4a11, // bpf
  0x4249_4e4d, // binfmt_misc
  0x1980_0202, // mqueue
  0x9584_58f6, // hugetlbfs
  0x6e73_6673, // nsfs
  0x5049_4446, // pidfs
  0x0904_1934, // anonymous inodes
  0x6573_5543, // fusectl
  0x6e66_7364, // nfsd
  0x6759_6969, // rpc_pipefs
  0x0765_5821, // resctrl
  0x9fa2, // usbfs
  0x0187, // autofs
  0xabba_1974 // xenfs
])

export type OpenedFile = { ok: true; file: FileHandle; stats: Stats } | { ok: false; fault: string }

const notRegular = 'is not a regular file'
const special = 'is on a virtual file system of the kernel; use a file on a disk'

// Node gives the 32-bit type signed or unsigned, as the kernel does.
const isSpecial = async (path: string): Promise<boolean> => SPECIAL.has((await statfs(path)).type >>> 0)

/**
 * Opens a regular file for reading, but not on a virtual file system; links are followed. It is checked before it is
 * opened, since opening alone triggers some devices, and again by its descriptor, since the file may already have been
 * replaced. Throws the system's error.
 */
export async function openRegularFile(path: string): Promise<OpenedFile> {
  if (!(await stat(path)).isFile()) return { ok: false, fault: notRegular }
  if (await isSpecial(path)) return { ok: false, fault: special }
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  try {
    const stats = await file.stat()
    if (!stats.isFile()) {
      await file.close()
      return { ok: false, fault: notRegular }
    }
    if (await isSpecial(`/proc/self/fd/${file.fd}`)) {
      await file.close()
      return { ok: false, fault: special }
    }
    return { ok: true, file, stats }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Why a file's owner is not trusted with a certificate; null for root and the daemon's own user. */
export const faultOfOwner = (owner: number, self = process.geteuid!()): string | null =>
  owner === 0 || owner === self ? null : `belongs to user ${owner}, who could replace it; to fix it: chown root FILE`
