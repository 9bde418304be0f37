import { readFile, statfs as statfsOf } from 'node:fs/promises'
import { join } from 'node:path'
import { describeFilesystem, type Filesystem, type Statfs } from '../filesystem.ts'
import type { Sample } from '../sampling.ts'
import { createPoolShare, type PoolShare } from '../source.ts'
import { type Mount, parseMountinfo, pickFilesystems } from './mounts.ts'

export interface FilesystemState extends Mount {
  size: Readonly<Sample<Filesystem>>
}

export interface FilesystemReaderOptions {
  procDir?: string
  statfs?(path: string | Buffer): Promise<Statfs & { frsize?: number }>
  /** Of libuv's pool, together with other readers of this host. */
  share?: PoolShare
  /** Milliseconds since the epoch. */
  now: () => number
  /** Milliseconds one file system may take to answer. */
  timeoutMs?: number
}

/**
 * A question that a dead server never answers keeps one of libuv's four threads, for as long as the daemon lives: so
 * many may.
 */
const MAX_HANGING = 2
/** Once one does, network file systems are asked no more: where one server is gone, the next one often is too. */
const MAX_HANGING_BEFORE_REMOTE = 0

const isNoAnswer = Symbol()

/** Measures the real file systems, one after another, each for itself; one call at a time. */
export function createFilesystemReader(options: FilesystemReaderOptions) {
  const { procDir = '/proc', statfs = statfsOf, share = createPoolShare(), now, timeoutMs = 1000 } = options
  const hanging = new Set<string>()
  const samples = new Map<string, Sample<Filesystem>>()

  async function ask({ mountpoint, path }: Mount): Promise<Statfs | typeof isNoAnswer> {
    hanging.add(mountpoint)
    const answer = share.askFilesystems(() => statfs(path)).finally(() => hanging.delete(mountpoint))
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<typeof isNoAnswer>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, isNoAnswer).unref()
    })
    try {
      const told = await Promise.race([answer, tooLong])
      // The counts are in fragments, which only some file systems make smaller than a block.
      return told === isNoAnswer ? told : { ...told, bsize: told.frsize || told.bsize }
    } finally {
      clearTimeout(timer)
      answer.catch(() => {})
    }
  }

  async function measure(mount: Mount, last: Sample<Filesystem>): Promise<Sample<Filesystem>> {
    const { mountpoint, isRemote } = mount
    const fail = (reason: string) => ({ ...last, reason, stale: last.value !== null })
    if (hanging.has(mountpoint)) return fail('the file system does not answer')
    if (hanging.size >= MAX_HANGING || (isRemote && hanging.size > MAX_HANGING_BEFORE_REMOTE)) {
      return fail('not measured while another file system does not answer')
    }
    try {
      const answer = await ask(mount)
      if (answer === isNoAnswer) return fail('the file system does not answer')
      const size = describeFilesystem(answer)
      return { ...size, sampledAt: size.value === null ? null : now(), stale: false }
    } catch (error) {
      return fail(`the file system cannot be measured (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`)
    }
  }

  return async (): Promise<FilesystemState[]> => {
    const mounts = parseMountinfo(await share.readFiles(() => readFile(join(procDir, 'self/mountinfo'), 'latin1')))
    if (mounts.value === null) throw new Error(mounts.reason)
    const states: FilesystemState[] = []
    const seen = new Set<string>()
    for (const mount of pickFilesystems(mounts.value)) {
      // Another file system at the same place is not the one that was measured.
      const key = `${mount.device} ${mount.mountpoint}`
      seen.add(key)
      const last = samples.get(key) ?? { value: null, reason: 'not measured yet', sampledAt: null, stale: false }
      const size = await measure(mount, last)
      samples.set(key, size)
      states.push({ ...mount, size })
    }
    for (const key of samples.keys()) if (!seen.has(key)) samples.delete(key)
    return states
  }
}
