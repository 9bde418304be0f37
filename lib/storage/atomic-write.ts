import { randomBytes } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { open, readdir, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { storageErrorOf } from './storage-error.ts'

const NOT_IN_EARNEST = Symbol('the file is not to be replaced')

const temporaryPrefix = (path: string) => `.${basename(path)}.`

/** What tells one version of a file from the next and survives its being renamed. */
export const identityOf = ({ ino, size, mtimeNs }: BigIntStats): string => `${ino}:${size}:${mtimeNs}`

/**
 * Replaces a file so that a reader, a crash or a power cut sees the old bytes or the new ones, never a mixture:
 * temporary file, fsync, rename, fsync of the folder. `beforeRename` may throw to leave everything as it was.
 * Returns the identity of what was written: by now another may stand in its place. Throws StorageError.
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

/** Tries whether a file of `bytes` could be written beside `path`. Throws StorageError. */
export const tryWriting = (path: string, bytes: number): Promise<unknown> =>
  writeAtomically(path, new Uint8Array(bytes), 0o600, async () => {
    throw NOT_IN_EARNEST
  }).catch((error) => {
    if (error !== NOT_IN_EARNEST) throw error
  })

/** Makes the coming and going of a folder's files outlast a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Removes what a killed writer left behind. Only under the writers' lock. */
export async function removeLeftovers(path: string): Promise<void> {
  const prefix = temporaryPrefix(path)
  for (const name of await readdir(dirname(path))) {
    if (name.startsWith(prefix) && name.endsWith('.tmp')) await unlink(join(dirname(path), name)).catch(() => {})
  }
}
