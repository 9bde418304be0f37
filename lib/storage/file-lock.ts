import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

const SQLITE_BUSY = 5

export class LockTimeoutError extends Error {
  override readonly name = 'LockTimeoutError'
}

/**
 * A lock between processes: SQLite's write lock on an otherwise empty file. The kernel (fcntl) releases it when the
 * process ends, so there are no stale lock files.
 *
 * The returned function runs `work` under the lock. It waits up to `waitMs`, then throws LockTimeoutError. Callers
 * within one process queue before they call, because SQLite does not grant the lock in order. The time in that queue,
 * from `since` on (performance.now()), counts as waiting.
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

/** Opens a lock file and creates it if it is missing; closing it releases the lock. Throws SQLite's error. */
export const openLock = (path: string): DatabaseSync => new DatabaseSync(path, { timeout: 0 })

/** False while another connection, of any process, holds the lock. Throws SQLite's error for any other failure. */
export function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false
    throw error
  }
}
