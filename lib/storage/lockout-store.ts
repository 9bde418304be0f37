import type { DatabaseSync } from 'node:sqlite'

/** The failed attempts of one user name from one network. Times are milliseconds since the epoch. */
export interface LockoutRecord {
  failures: number[]
  lockedUntil: number
}

/** The seam a second implementation takes. User names are those that were tried, known or not. */
export interface LockoutStore {
  /** One read-modify-write; null from `change` forgets the record. */
  update<T>(
    username: string,
    address: string,
    change: (record: LockoutRecord) => { record: LockoutRecord | null; result: T }
  ): Promise<T>
  /** Forgets a user name wherever it was tried from; how many records there were. */
  forget(username: string): Promise<number>
  removeOld(before: number): Promise<void>
}

/** What strangers' made-up user names may take; the ones that failed longest ago make room. */
const MAX_RECORDS = 50_000

export function createLockoutStore(database: DatabaseSync): LockoutStore {
  const find = database.prepare('SELECT failures, locked_until FROM lockouts WHERE username = ? AND address = ?')
  const put = database.prepare(
    'INSERT OR REPLACE INTO lockouts (username, address, failures, locked_until, failed_at) VALUES (?, ?, ?, ?, ?)'
  )
  const remove = database.prepare('DELETE FROM lockouts WHERE username = ? AND address = ?')
  const removeUser = database.prepare('DELETE FROM lockouts WHERE username = ?')
  const removeBefore = database.prepare('DELETE FROM lockouts WHERE failed_at < ? AND locked_until < ?')
  const removeBeyond = database.prepare(
    `DELETE FROM lockouts WHERE (username, address) IN
     (SELECT username, address FROM lockouts ORDER BY failed_at DESC LIMIT -1 OFFSET ${MAX_RECORDS})`
  )

  return {
    // Nothing is awaited between reading and writing, and other processes only forget.
    async update(username, address, change) {
      const row = find.get(username, address)
      const known = row
        ? { failures: JSON.parse(row.failures as string) as number[], lockedUntil: row.locked_until as number }
        : { failures: [], lockedUntil: 0 }
      const { record, result } = change(known)
      if (record !== null) {
        const { failures, lockedUntil } = record
        put.run(username, address, JSON.stringify(failures), lockedUntil, failures.at(-1) ?? 0)
      } else if (row) remove.run(username, address)
      return result
    },

    forget: async (username) => Number(removeUser.run(username).changes),

    async removeOld(before) {
      removeBefore.run(before, before)
      removeBeyond.run()
    }
  }
}
