import { randomBytes } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { open, readdir, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { storageErrorOf } from './storage-error.ts'

const DRY_RUN = Symbol('dry run')

const temporaryPrefix = (path: string) => `.${basename(path)}.`

/** Identifies a version of a file; a rename keeps it. */
export const identityOf = ({ ino, size, mtimeNs }: BigIntStats): string => `${ino}:${size}:${mtimeNs}`

/**
 * Replaces a file so that a reader, a crash or a power cut sees the old bytes or the new ones, never a mixture:
 * temporary file, fsync, rename, fsync of the folder. `beforeRename` may throw to cancel the write.
 * Returns the identity of the written file, which may already have been replaced. Throws StorageError.
 */
export async function writeAtomically(
  path: string,
  data: string | Uint8Array,
  mode: number,
  beforeRename: () => Promise<void> = async () => {}
): Promise<string> {
  let identity: string
  const temporary = join(dirname(path), `${temporaryPrefix(path)}${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      await file.writeFile(data)
      await file.sync()
      identity = identityOf(await file.stat({ bigint: true }))
    } finally {
      await file.close()
    }
    await beforeRename()
    await rename(temporary, path)
  } catch (error) {
    await unlink(temporary).catch(() => {})
    throw storageErrorOf(error, path) ?? error
  }
  await syncFolder(dirname(path))
  return identity
}

/** Checks that a file of `bytes` bytes can be written beside `path`. Throws StorageError. */
export const tryWriting = (path: string, bytes: number): Promise<unknown> =>
  writeAtomically(path, new Uint8Array(bytes), 0o600, async () => {
    throw DRY_RUN
  }).catch((error) => {
    if (error !== DRY_RUN) throw error
  })

/** Makes created, renamed and removed files of a folder durable. Throws the system's error. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Removes temporary files of killed writers. Call it only under the writers' lock. */
export async function removeLeftovers(path: string): Promise<void> {
  const prefix = temporaryPrefix(path)
  for (const name of await readdir(dirname(path))) {
    if (name.startsWith(prefix) && name.endsWith('.tmp')) await unlink(join(dirname(path), name)).catch(() => {})
  }
}
