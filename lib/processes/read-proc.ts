import { closeSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'

const buffer = Buffer.allocUnsafeSlow(4096)

/**
 * The first 4 KiB of a file of /proc, at once: a tenth of what the pool costs. Only for files the kernel answers without
 * waiting for the process (stat, status, io): `cmdline` and others take its memory lock, which may never come free.
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

/** The first `length` bytes of a file of /proc, in libuv's pool. */
export async function readProc(path: string, length: number): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
