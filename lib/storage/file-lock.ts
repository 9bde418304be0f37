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
    const database = new DatabaseSync(path, { timeout: 0 })
    try {
      const deadline = since + waitMs
      while (!tryBegin(database)) {
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

function tryBegin(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false
    throw error
  }
}
