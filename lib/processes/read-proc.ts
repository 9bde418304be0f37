import { closeSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'

const buffer = Buffer.allocUnsafeSlow(4096)

/**
 * Reads the first 4 KiB of a file of /proc synchronously, at a tenth of the cost of the thread pool. Only for files that
 * the kernel answers without waiting (stat, status, io): `cmdline` and others wait for the process's memory lock, which
 * may never be released.
 */
export function readProcNow(path: string): { text: string } | { code: string } {
  let fd = -1
  try {
    fd = openSync(path, 'r')
    return { text: buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, 0)) }
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? 'unknown error' }
  } finally {
    if (fd !== -1) closeSync(fd)
  }
}

/** Reads the first `length` bytes of a file of /proc on libuv's thread pool. */
export async function readProc(path: string, length: number): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
