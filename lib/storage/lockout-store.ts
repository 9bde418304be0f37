import type { MemoryTables, StateDatabase } from './state-database.ts'
import type { LockoutRecord, LockoutRecords } from './stores/lockouts.ts'

/** The records of a host. */
export interface LockoutStore extends LockoutRecords {
  removeOld(before: number): Promise<void>
}

interface Entry {
  username: string
  address: string
  record: LockoutRecord
}

/** Limits the memory for invented user names; the oldest failures are evicted. */
const MAX_RECORDS = 50_000

// A user name may hold anything but control characters.
const keyOf = (username: string, address: string) => `${address}\0${username}`

/** Failed attempts in memory, saved to the state database: they survive a restart, and logins work on a full disk. */
export function createLockoutStore(state: StateDatabase): LockoutStore {
  /** Ordered by the last failure, oldest first. */
  const entries = new Map<string, Entry>()
  const changed = new Map<string, Pick<Entry, 'username' | 'address'>>()

  const put = (entry: Entry) => {
    const key = keyOf(entry.username, entry.address)
    entries.delete(key)
    entries.set(key, entry)
    changed.set(key, entry)
    if (entries.size > MAX_RECORDS) remove(entries.values().next().value!)
  }
  const remove = ({ username, address }: Pick<Entry, 'username' | 'address'>) => {
    const key = keyOf(username, address)
    if (entries.delete(key)) changed.set(key, { username, address })
  }

  const tables: MemoryTables = {
    names: ['lockouts'],
    load(sql) {
      for (const row of sql.all`SELECT * FROM lockouts WHERE json_valid(failures) ORDER BY failed_at`) {
        const { username, address, failures, locked_at: lockedAt, locked_until: lockedUntil } = row
        const record = { failures: JSON.parse(failures as string), lockedAt, lockedUntil } as LockoutRecord
        const entry = { username: username as string, address: address as string, record }
        entries.set(keyOf(entry.username, entry.address), entry)
      }
    },
    hasChanges: () => changed.size > 0,
    markAll() {
      for (const [key, entry] of entries) changed.set(key, entry)
    },
    write(sql) {
      for (const [key, { username, address }] of changed) {
        const record = entries.get(key)?.record
        if (record === undefined) {
          sql.run`DELETE FROM lockouts WHERE username = ${username} AND address = ${address}`
          continue
        }
        const { failures, lockedAt, lockedUntil } = record
        sql.run`INSERT OR REPLACE INTO lockouts (username, address, failures, locked_at, locked_until, failed_at)
          VALUES (${username}, ${address}, ${JSON.stringify(failures)}, ${lockedAt}, ${lockedUntil},
            ${failures.at(-1) ?? 0})`
      }
    },
    written: () => changed.clear()
  }
  state.attach(tables)

  return {
    // Atomic: no await between reading and writing.
    async update(username, address, change) {
      const known = entries.get(keyOf(username, address))?.record ?? { failures: [], lockedAt: 0, lockedUntil: 0 }
      const { record, result } = change(known)
      if (record === known) return result
      if (record !== null) put({ username, address, record })
      else remove({ username, address })
      await state.save()
      return result
    },

    async forget(username, network) {
      const found = [...entries.values()].filter(
        (entry) => entry.username === username && (network ?? entry.address) === entry.address
      )
      for (const entry of found) remove(entry)
      await state.save()
      return found.length
    },

    async removeOld(before) {
      for (const entry of entries.values()) {
        const { failures, lockedUntil } = entry.record
        if ((failures.at(-1) ?? 0) < before && lockedUntil < before) remove(entry)
      }
      await state.save()
    }
  }
}
