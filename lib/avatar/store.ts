import { constants } from 'node:fs'
import { chmod, type FileHandle, mkdir, open, readdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createSerialQueue } from '../concurrency/serial-queue.ts'
import { identityOf, syncFolder, writeAtomically } from '../storage/atomic-write.ts'
import type { FileLock } from '../storage/file-lock.ts'
import type { Avatar, AvatarStore } from '../storage/stores/avatars.ts'
import { imageTypeOf, SIGNATURE_BYTES } from './image-type.ts'

/** Maximum bytes of an avatar (contract 8). */
export const MAX_BYTES = 2 * 1024 * 1024

/** The avatars in a folder. */
export interface FolderAvatarStore extends AvatarStore {
  /** Cleans up after a crash. Does nothing if the folder does not exist. Throws the system's error, as the others do. */
  open(): Promise<void>
}

export interface AvatarStoreOptions {
  folder: string
  /** Lock between processes that share the folder. */
  lock: FileLock
}

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
const isAbsent = (error: unknown) => ['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')

/**
 * Stores one file for each account, named by its id. The type is read from the first bytes, so an image of another type
 * replaces the file in one rename. A file that is not a supported image, put there by hand, is ignored.
 */
export function createAvatarStore({ folder, lock }: AvatarStoreOptions): FolderAvatarStore {
  const pathOf = (id: number): string => {
    if (!Number.isSafeInteger(id) || id < 1) throw new Error(`no account has the id ${id}`)
    return join(folder, String(id))
  }
  const serialQueue = createSerialQueue()
  const change = <T>(work: () => Promise<T>): Promise<T> => {
    const since = performance.now()
    return serialQueue(() => lock(work, since))
  }

  /** Removes temporary files of a killed writer. Call it only under the lock. */
  const removeLeftovers = async (): Promise<void> => {
    for (const name of await readdir(folder)) {
      if (name.startsWith('.') && name.endsWith('.tmp')) await unlink(join(folder, name))
    }
  }

  const withFile = async <T>(id: number, use: (file: FileHandle, avatar: Avatar) => Promise<T>): Promise<T | null> => {
    const file = await open(pathOf(id), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error) => {
      if (isAbsent(error)) return null
      throw error
    })
    if (file === null) return null
    try {
      const stats = await file.stat({ bigint: true })
      if (!stats.isFile() || stats.size > MAX_BYTES) return null
      const { buffer } = await file.read(Buffer.alloc(SIGNATURE_BYTES), 0, SIGNATURE_BYTES, 0)
      const type = imageTypeOf(buffer)
      return type && (await use(file, { type, modifiedAt: stats.mtime, etag: `"${identityOf(stats)}"` }))
    } finally {
      await file.close()
    }
  }

  return {
    async open(): Promise<void> {
      await change(async () => {
        await chmod(folder, 0o700)
        await removeLeftovers()
      }).catch((error) => {
        if (!isAbsent(error)) throw error
      })
    },

    find: (id: number): Promise<Avatar | null> => withFile(id, async (_file, avatar) => avatar),

    read: (id: number): Promise<(Avatar & { bytes: Buffer }) | null> =>
      withFile(id, async (file, avatar) => ({ ...avatar, bytes: await file.readFile() })),

    replace: (id: number, bytes: Buffer): Promise<void> =>
      change(async () => {
        const made = await mkdir(folder, { recursive: true, mode: 0o700 })
        if (made !== undefined) await syncFolder(dirname(folder))
        await removeLeftovers()
        await writeAtomically(pathOf(id), bytes, 0o600)
      }),

    remove: (id: number): Promise<void> =>
      change(async () => {
        await removeLeftovers()
        await unlink(pathOf(id))
        await syncFolder(folder)
      }).catch((error) => {
        if (!isAbsent(error)) throw error
      })
  }
}
