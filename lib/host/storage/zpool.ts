import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { createProgram } from '../../programs/program.ts'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { countIn } from '../plausible.ts'

/** Sizes in bytes, shares in percent; null if ZFS does not report the value, as for a pool that cannot be opened. */
export interface Pool {
  name: string
  size: number | null
  allocated: number | null
  free: number | null
  usage: number | null
  fragmentation: number | null
  /** ONLINE, DEGRADED, FAULTED, OFFLINE, REMOVED, UNAVAIL or SUSPENDED; UNKNOWN for anything unreadable. */
  health: string
  errors: PoolErrors | null
  /** Bytes used by and available to its data sets; null if ZFS does not report them. */
  space: { used: number | null; available: number | null } | null
}

/**
 * Errors of all devices since they were last cleared; null if one device reports no plausible number. `data` is the text
 * of the line `errors:` of `zpool status`.
 */
export interface PoolErrors {
  read: number | null
  write: number | null
  checksum: number | null
  data: string
}

const percentIn = (text: string): number | null => {
  const percent = countIn(text)
  return percent !== null && percent <= 100 ? percent : null
}

/** Reads the output of `zpool list -Hp -o name,size,alloc,free,cap,health,frag`; null if it has another format. */
export function parsePoolList(text: string): Pool[] | null {
  const pools: Pool[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [name, size, allocated, free, usage, health, fragmentation, ...more] = line.split('\t')
    if (name === '' || fragmentation === undefined || more.length > 0) return null
    pools.push({
      name: name!,
      size: countIn(size),
      allocated: countIn(allocated),
      free: countIn(free),
      usage: percentIn(usage!),
      fragmentation: percentIn(fragmentation),
      health: /^[A-Z]+$/.test(health!) ? health! : 'UNKNOWN',
      errors: null,
      space: null
    })
  }
  return pools
}

/**
 * Reads the output of `zfs list -Hp -d 0 -o name,used,avail`, by pool. Unlike the sizes of zpool, it excludes raidz parity
 * and the space that ZFS reserves.
 */
export function parsePoolSpace(text: string): Map<string, NonNullable<Pool['space']>> {
  const lines = text.matchAll(/^([^\t\n]+)\t([^\t\n]*)\t([^\t\n]*)$/gm)
  const spaces = new Map<string, NonNullable<Pool['space']>>()
  for (const [, name, used, available] of lines) {
    const space = { used: countIn(used), available: countIn(available) }
    if (space.used !== null || space.available !== null) spaces.set(name!, space)
  }
  return spaces
}

const add = (sum: number | null, text: string): number | null => {
  const count = countIn(text)
  return sum === null || count === null ? null : sum + count
}

/** Reads the errors by pool from the output of `zpool status -p`. Only leaf devices count: a mirror repeats its members. */
export function parsePoolErrors(text: string): Map<string, PoolErrors> {
  const pools = new Map<string, PoolErrors>()
  for (const part of text.split(/^ *pool: /m).slice(1)) {
    const errors: PoolErrors = { read: 0, write: 0, checksum: 0, data: 'unknown' }
    const rows = [...part.matchAll(/^\t( *)(?!NAME +STATE )\S+ +[A-Z]+ +(\S+) +(\S+) +(\S+)/gm)]
    for (const [index, [, indent, read, write, checksum]] of rows.entries()) {
      if ((rows[index + 1]?.[1]?.length ?? 0) > indent!.length) continue
      errors.read = add(errors.read, read!)
      errors.write = add(errors.write, write!)
      errors.checksum = add(errors.checksum, checksum!)
    }
    errors.data = /^errors: (.+)$/m.exec(part)?.[1] ?? errors.data
    pools.set(part.slice(0, part.indexOf('\n')).trim(), errors)
  }
  return pools
}

export interface PoolReaderOptions {
  file?: string
  /** The program `zfs`. */
  zfsFile?: string
  procDir?: string
  /** Milliseconds one command may take. */
  timeoutMs?: number
}

const COLUMNS = 'name,size,alloc,free,cap,health,frag'

/** Reads the ZFS pools with zpool and zfs; one call at a time. `read` throws if zpool list fails. */
export function createPoolReader(options: PoolReaderOptions = {}) {
  const { file = 'zpool', zfsFile = 'zfs', procDir = '/proc', timeoutMs = 10_000 } = options
  const program = createProgram({ file, timeoutMs, maxBytes: 1024 * 1024 })
  const zfs = createProgram({ file: zfsFile, timeoutMs, maxBytes: 1024 * 1024 })

  return {
    async read(): Promise<Measurement<Pool[]>> {
      // Without the kernel module there are no pools: do not start a process.
      const isLoaded = await access(join(procDir, 'spl/kstat/zfs')).then(
        () => true,
        () => false
      )
      if (!isLoaded) return unavailable('this host does not use ZFS')
      const list = await program.run(['list', '-Hp', '-o', COLUMNS])
      if (list.kind === 'missing')
        return unavailable('zpool is not installed; to install it: apt install zfsutils-linux')
      const pools = list.kind === 'ended' && list.code === 0 ? parsePoolList(list.stdout) : null
      if (pools === null) throw new Error(`zpool ${list.kind === 'slow' ? 'does not answer' : 'list failed'}`)
      if (pools.length === 0) return ok(pools)
      const status = await program.run(['status', '-p'])
      const errors = status.kind === 'ended' && status.code === 0 ? parsePoolErrors(status.stdout) : null
      const usage = await zfs.run(['list', '-Hp', '-d', '0', '-o', 'name,used,avail'])
      const spaces = usage.kind === 'ended' && usage.code === 0 ? parsePoolSpace(usage.stdout) : null
      for (const pool of pools) {
        pool.errors = errors?.get(pool.name) ?? null
        pool.space = spaces?.get(pool.name) ?? null
      }
      return ok(pools)
    },
    close(): void {
      program.stop()
      zfs.stop()
    }
  }
}
