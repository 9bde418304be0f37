import * as fs from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type Measurement, ok, unavailable } from './measurement.ts'

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown error'
const unreadable = (path: string, error: unknown) => unavailable(`${path} cannot be read (${codeOf(error)})`)

/** Reads a small file once. Never rejects: a failure becomes a reason. `missing` is the reason if the file is missing. */
export const readText = (path: string, missing?: string): Promise<Measurement<string>> =>
  readFile(path, 'utf8').then(ok, (error) =>
    missing !== undefined && codeOf(error) === 'ENOENT' ? unavailable(missing) : unreadable(path, error)
  )

/** libuv's pool has four threads, and a hanging call blocks one. One thread stays free for the rest of the daemon. */
const MAX_HELD = 3
const MAX_IN_LANE = 2

/** Starts the work when a thread is available. Waits without limit if earlier work hangs. */
type Lane = <T>(begin: () => Promise<T>) => Promise<T>

/**
 * The share of libuv's thread pool for background readings. It has two lanes, and neither can use the whole share: two
 * dead file systems do not block the vital signs, and a hanging /proc (lxcfs) does not block the sizes of file systems.
 */
export interface PoolShare {
  readFiles: Lane
  askFilesystems: Lane
}

export function createPoolShare(): PoolShare {
  let held = 0
  const lanes: { held: number; waiting: (() => void)[] }[] = []

  const beginNext = (): void => {
    for (const lane of lanes) {
      while (held < MAX_HELD && lane.held < MAX_IN_LANE && lane.waiting.length > 0) {
        held++
        lane.held++
        lane.waiting.shift()!()
      }
    }
  }
  const createLane = (): Lane => {
    const lane: (typeof lanes)[number] = { held: 0, waiting: [] }
    lanes.push(lane)
    return async (begin) => {
      await new Promise<void>((resolve) => {
        lane.waiting.push(resolve)
        beginNext()
      })
      try {
        return await begin()
      } finally {
        held--
        lane.held--
        beginNext()
      }
    }
  }
  return { readFiles: createLane(), askFilesystems: createLane() }
}

const open = (path: string) =>
  new Promise<number>((resolve, reject) => fs.open(path, 'r', (error, fd) => (error ? reject(error) : resolve(fd))))

const readAt = (fd: number, buffer: Buffer, start: number) =>
  new Promise<number>((resolve, reject) =>
    fs.read(fd, buffer, start, buffer.length - start, start, (error, length) =>
      error ? reject(error) : resolve(length)
    )
  )

/** A file that the kernel regenerates on every read from offset 0, such as /proc/stat. */
export interface ProcFile {
  /** The first `capacity` bytes. One call at a time. */
  read(): Promise<Measurement<string>>
  close(): void
}

/**
 * Keeps the file open, which costs a fifth of opening it each time. Reads it on libuv's thread pool, so that a /proc
 * served by a hanging FUSE (lxcfs) does not block the event loop. docs/decisions/0004 has the measurements.
 */
function createKeptFile(path: string, readText: (fd: number) => Promise<string>): ProcFile {
  let fd = -1
  let busy = false
  let closed = false

  const release = () => {
    if (fd !== -1) fs.close(fd, () => {})
    fd = -1
  }
  return {
    async read() {
      busy = true
      try {
        if (fd === -1) fd = await open(path)
        return ok(await readText(fd))
      } catch (error) {
        // After a restart of lxcfs the old descriptor is dead: the next read reopens the file.
        release()
        return unreadable(path, error)
      } finally {
        busy = false
        if (closed) release()
      }
    },
    close() {
      closed = true
      // Closing during a read could give its descriptor number to another file.
      if (!busy) release()
    }
  }
}

/** For a file that fits into one read. */
export function createProcFile(path: string, capacity = 8192): ProcFile {
  const buffer = Buffer.allocUnsafeSlow(capacity)
  return createKeptFile(path, async (fd) => buffer.toString('latin1', 0, await readAt(fd, buffer, 0)))
}

const LIST_CAPACITY = 8192
const MAX_LIST = 8 * 1024 * 1024

/** For a list of any length, such as /proc/diskstats: the kernel returns at most one page per read. */
export function createProcList(path: string): ProcFile {
  let buffer = Buffer.allocUnsafeSlow(LIST_CAPACITY)
  return createKeptFile(path, async (fd) => {
    let length = 0
    for (;;) {
      const more = await readAt(fd, buffer, length)
      if (more === 0) return buffer.toString('latin1', 0, length)
      length += more
      if (length < buffer.length) continue
      if (length >= MAX_LIST) throw Object.assign(new Error('too long'), { code: 'EFBIG' })
      buffer = Buffer.concat([buffer], buffer.length * 2)
    }
  })
}
