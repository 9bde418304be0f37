import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Document } from './json-document.ts'

const MAX_BYTES = 64 * 1024 * 1024

/** The bytes of a regular file of at most 64 MiB. Throws the system's error if it cannot be read. */
export async function readBounded(path: string): Promise<Document<Buffer>> {
  // Reading a pipe or a device may block or never end.
  if (!(await stat(path)).isFile()) return { ok: false, fault: 'not a regular file' }
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    if ((await file.stat()).size > MAX_BYTES) return { ok: false, fault: 'larger than 64 MiB' }
    return { ok: true, data: await file.readFile() }
  } finally {
    await file.close()
  }
}
