import type { Reply } from '../../api/paths.ts'
import { shellWord } from '../../data/shell-word.ts'

type Filesystem = Reply<'/api/storage'>['filesystems'][number]
type Space = Pick<Filesystem, 'fstype' | 'total_bytes' | 'used_bytes' | 'available_bytes'>

/** From this usage in percent the page says where to look. */
const NEARLY_FULL = 85

/**
 * The bytes that only root may use. Of other file systems than ext2 to ext4 the difference is something else, such as
 * metadata that has no size of its own.
 */
export function reservedOf({ fstype, total_bytes: total, used_bytes: used, available_bytes: free }: Space): number {
  if (!/^ext[234]$/.test(fstype) || total == null || used == null || free == null) return 0
  return Math.max(0, total - used - free)
}

/** A read-only file system, such as an image, is always full. */
export const isNearlyFull = (one: Pick<Filesystem, 'usage_percent' | 'read_only'>): boolean =>
  one.usage_percent != null && one.usage_percent >= NEARLY_FULL && !one.read_only

export type Look = 'largest' | 'journal' | 'packages' | 'kernels'

const within = (mountpoint: string, ...folders: string[]) => folders.includes(mountpoint)

/** What to look at in a shell if a file system is nearly full. */
export function looksFor({ mountpoint }: Pick<Filesystem, 'mountpoint'>): { look: Look; command: string }[] {
  return [
    { look: 'largest' as const, command: `du -xh --max-depth=2 ${shellWord(mountpoint)} | sort -h | tail` },
    ...(within(mountpoint, '/', '/var', '/var/log')
      ? [{ look: 'journal' as const, command: 'journalctl --disk-usage' }]
      : []),
    ...(within(mountpoint, '/', '/var', '/var/cache')
      ? [{ look: 'packages' as const, command: 'du -sh /var/cache/apt/archives' }]
      : []),
    ...(within(mountpoint, '/boot')
      ? [
          {
            look: 'kernels' as const,
            command: 'apt list --installed 2>/dev/null | grep -E "^(linux-image|proxmox-kernel|pve-kernel)"'
          }
        ]
      : [])
  ]
}
