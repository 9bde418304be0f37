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
  /** Share of libuv's thread pool, common to all readers of this host. */
  share?: PoolShare
  /** Milliseconds since the epoch. */
  now: () => number
  /** Milliseconds one file system may take to answer. */
  timeoutMs?: number
}

/**
 * Limit of hanging statfs calls. A call to a dead server blocks one of libuv's four threads, possibly until the daemon
 * exits.
 */
const MAX_HANGING = 2
/** Network file systems are skipped while any call hangs: if one server is gone, the next often is too. */
const MAX_HANGING_BEFORE_REMOTE = 0

const noAnswer = Symbol()

/** Measures the real file systems one after another, each with its own timeout; one call at a time. */
export function createFilesystemReader(options: FilesystemReaderOptions) {
  const { procDir = '/proc', statfs = statfsOf, share = createPoolShare(), now, timeoutMs = 1000 } = options
  const hanging = new Set<string>()
  const samples = new Map<string, Sample<Filesystem>>()

  async function callStatfs({ mountpoint, path }: Mount): Promise<Statfs | typeof noAnswer> {
    hanging.add(mountpoint)
    const answer = share.askFilesystems(() => statfs(path)).finally(() => hanging.delete(mountpoint))
    let timer: NodeJS.Timeout | undefined
    const timedOut = new Promise<typeof noAnswer>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, noAnswer).unref()
    })
    try {
      const result = await Promise.race([answer, timedOut])
      // Counts are in units of the fragment size, which can be smaller than the block size.
      return result === noAnswer ? result : { ...result, bsize: result.frsize || result.bsize }
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
      const answer = await callStatfs(mount)
      if (answer === noAnswer) return fail('the file system does not answer')
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
      // The device is part of the key: another file system may be mounted at the same place later.
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
