import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

const SQLITE_BUSY = 5

export class LockTimeoutError extends Error {
  override readonly name = 'LockTimeoutError'
}

/**
 * A lock between processes, held as SQLite's write lock on an otherwise empty file. It is the kernel's own (fcntl), so
 * one left behind by a killed process is gone with it: no stale lock file to judge by its age.
 *
 * The returned function runs `work` under the lock, waiting up to `waitMs`; it throws LockTimeoutError after that.
 * Callers within one process queue before they call: SQLite does not hand the lock on in order. What they waited
 * there, from `since` on (performance.now()), counts.
 */
export function createFileLock(path: string, waitMs = 10_000) {
  return async <T>(work: () => Promise<T>, since = performance.now()): Promise<T> => {
    const database = openLock(path)
    try {
      const deadline = since + waitMs
      while (!tryLock(database)) {
        if (performance.now() > deadline) throw new LockTimeoutError(`${path} is locked by another process`)
        await sleep(2 + Math.random() * 8)
      }
      return await work()
    } finally {
      database.close()
    }
  }
}
export type FileLock = ReturnType<typeof createFileLock>

/** The file of a lock, made if it is missing; closing it releases the lock. Throws SQLite's error. */
export const openLock = (path: string): DatabaseSync => new DatabaseSync(path, { timeout: 0 })

/** False while another connection, of this or another process, holds the lock. Throws SQLite's error otherwise. */
export function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false
    throw error
  }
}
