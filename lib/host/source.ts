import * as fs from 'node:fs'
import { readFile } from 'node:fs/promises'
import { absent, present, type Reading } from './reading.ts'

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown error'
const unreadable = (path: string, error: unknown) => absent(`${path} cannot be read (${codeOf(error)})`)

/** Reads a small file once. A failure is a reason, never a throw; `missing` is the reason where there is no such file. */
export const readText = (path: string, missing?: string): Promise<Reading<string>> =>
  readFile(path, 'utf8').then(present, (error) =>
    missing !== undefined && codeOf(error) === 'ENOENT' ? absent(missing) : unreadable(path, error)
  )

const open = (path: string) =>
  new Promise<number>((resolve, reject) => fs.open(path, 'r', (error, fd) => (error ? reject(error) : resolve(fd))))

const readFromStart = (fd: number, buffer: Buffer) =>
  new Promise<number>((resolve, reject) =>
    fs.read(fd, buffer, 0, buffer.length, 0, (error, length) => (error ? reject(error) : resolve(length)))
  )

/** A file the kernel writes anew on every read from offset 0, such as /proc/stat. */
export interface ProcFile {
  /** The first `capacity` bytes. One call at a time. */
  read(): Promise<Reading<string>>
  close(): void
}

/**
 * Keeps the file open, which costs a fifth of opening it each time, and reads it on libuv's pool, so that a /proc
 * served by a hanging FUSE (lxcfs) does not hold up the event loop. docs/decisions/0004 has the measurements.
 */
export function createProcFile(path: string, capacity = 8192): ProcFile {
  const buffer = Buffer.allocUnsafeSlow(capacity)
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
        return present(buffer.toString('latin1', 0, await readFromStart(fd, buffer)))
      } catch (error) {
        // A restarted lxcfs leaves the old descriptor dead: the next read opens the file again.
        release()
        return unreadable(path, error)
      } finally {
        busy = false
        if (closed) release()
      }
    },
    close() {
      closed = true
      // Closing under a running read could hand its descriptor number to another file.
      if (!busy) release()
    }
  }
}
