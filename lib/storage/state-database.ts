import { statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type DatabaseOptions,
  DatabaseTooNewError,
  inTransaction,
  isBusy,
  isDamaged,
  openDatabase,
  replaceDamaged
} from './database.ts'
import { stateMigrations } from './state-tables.ts'
import { createStatements, type Statements } from './statements.ts'
import { StorageError, storageErrorOf } from './storage-error.ts'

/** Tables held in memory and saved to the file. */
export interface MemoryTables {
  /** The names of the tables in the file. */
  names: readonly string[]
  /** Reads the file into memory, once. */
  load(sql: Statements): void
  hasChanges(): boolean
  /** Marks every row as changed, because the file was replaced. */
  markAll(): void
  /** Writes the changes inside the caller's transaction. */
  write(sql: Statements): void
  /** The changes are on disk. */
  written(): void
}

export interface StateDatabase {
  /** Loads tables and keeps them saved from then on. */
  attach(tables: MemoryTables): void
  /**
   * Resolves once the changes are on disk or the write has failed. After a failure `fault` holds the reason and the
   * write is retried. Never rejects.
   */
  save(): Promise<void>
  /** Runs `work` on rows that only the file holds, and again after replacing a damaged file. Throws StorageError. */
  use<T>(work: (database: DatabaseSync, sql: Statements) => T): T
  /** Why changes cannot be written at present; null if they can. */
  fault(): StorageError | null
  /** When a damaged file was last replaced, in milliseconds since the epoch; null for never. */
  replacedAt(): number | null
  /** Calls `listener` after each replacement of a damaged file, and at once if the file was already replaced. */
  onReplaced(listener: () => void): void
  /** Recreates the file and its folder if they were removed. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface StateDatabaseOptions {
  path: string
  /** Those of state.sqlite by default. */
  migrations?: readonly string[]
  now: () => number
  /** Called after a damaged file was renamed to `to` and `rows` rows of it were kept. */
  onSetAside: (to: string, rows: number) => void
  /** Called when writing starts to fail, and with null when it works again. */
  onTrouble: (fault: StorageError | null) => void
}

/** How long to wait for another process's write, without blocking the event loop. */
const BUSY_LIMIT_MS = 2000
const BUSY_PAUSE_MS = 10
const RETRY_MS = 1000

/**
 * The state database. Sessions, lockouts and token uses live in memory and are saved here, so that logins work on a
 * full, read-only or damaged disk (contract 9). Throws DatabaseTooNewError at the start. `fault` reports any other
 * error of the file, and the write is retried.
 */
export function openStateDatabase(opened: StateDatabaseOptions): StateDatabase {
  const { path, migrations = stateMigrations, now, onSetAside, onTrouble } = opened
  const attached: MemoryTables[] = []
  let connection: { database: DatabaseSync; sql: Statements } | null = null
  let inode = 0
  let fault: StorageError | null = null
  let replacedAt: number | null = null
  let isReplaced = false
  const listeners: (() => void)[] = []
  /** The file was replaced since memory was loaded. */
  let isOtherFile = false
  let isClosed = false
  let waiting: Promise<void> | undefined
  let retry: NodeJS.Timeout | undefined

  const options = (): DatabaseOptions => ({
    path,
    now,
    migrations,
    discard: attached.flatMap(({ names }) => names),
    onSetAside(to, rows) {
      replacedAt = now()
      isReplaced = true
      onSetAside(to, rows)
    }
  })

  const adopt = (database: DatabaseSync) => {
    inode = statSync(path).ino
    const adopted = { database, sql: createStatements(database) }
    connection = adopted
    if (isReplaced) for (const listener of listeners) listener()
    isReplaced = false
    return adopted
  }
  const disconnect = () => {
    connection?.database.close()
    connection = null
    isOtherFile = true
  }
  const connect = () => connection ?? adopt(openDatabase({ ...options(), waitMs: 0 }))

  const replace = () => {
    disconnect()
    return adopt(replaceDamaged({ ...options(), waitMs: 0 }))
  }

  /** Runs `work` on the file. If the file is damaged, replaces it and runs `work` again. */
  const withFile = <T>(work: (database: DatabaseSync, sql: Statements) => T): T => {
    try {
      const { database, sql } = connect()
      return work(database, sql)
    } catch (error) {
      if (!isDamaged(error)) throw error
      const { database, sql } = replace()
      return work(database, sql)
    }
  }

  const writeChanges = (database: DatabaseSync, sql: Statements): void => {
    const changed = attached.filter((tables) => isOtherFile || tables.hasChanges())
    if (changed.length === 0) return
    inTransaction(database, () => {
      for (const tables of changed) {
        if (isOtherFile) {
          for (const name of tables.names) database.exec(`DELETE FROM ${name}`)
          tables.markAll()
        }
        tables.write(sql)
      }
    })
    isOtherFile = false
    for (const tables of changed) tables.written()
  }

  const report = (next: StorageError | null): void => {
    const hasChanged = next?.code !== fault?.code
    fault = next
    if (hasChanged) onTrouble(next)
    if (next === null) {
      clearInterval(retry)
      retry = undefined
    } else retry ??= setInterval(() => trySave(), RETRY_MS).unref()
  }

  const describe = (error: unknown): StorageError =>
    storageErrorOf(error, path) ?? new StorageError(path, 'EIO', { cause: error, reason: String(error) })

  /** False while another process is writing. */
  const trySave = (): boolean => {
    try {
      withFile(writeChanges)
      report(null)
    } catch (error) {
      if (isBusy(error)) return false
      report(describe(error))
    }
    return true
  }

  const saveWhenFree = async (): Promise<void> => {
    const deadline = performance.now() + BUSY_LIMIT_MS
    let isTried = false
    while (!isTried && performance.now() < deadline) {
      await sleep(BUSY_PAUSE_MS)
      isTried = trySave()
    }
    if (!isTried) report(new StorageError(path, 'EBUSY'))
    // In the same tick as the last try: later callers have changes that it did not write.
    waiting = undefined
  }

  try {
    adopt(openDatabase(options()))
  } catch (error) {
    if (error instanceof DatabaseTooNewError) throw error
    report(describe(error))
    isOtherFile = true
  }

  return {
    attach(tables) {
      attached.push(tables)
      if (connection) tables.load(connection.sql)
    },

    save() {
      // During a failure only the timer retries, so that requests do not wait for a failing disk.
      if (fault !== null || waiting || isClosed) return waiting ?? Promise.resolve()
      if (!trySave()) waiting = saveWhenFree()
      return waiting ?? Promise.resolve()
    },

    use(work) {
      try {
        return withFile(work)
      } catch (error) {
        throw storageErrorOf(error, path) ?? error
      }
    },

    fault: () => fault,
    replacedAt: () => replacedAt,
    onReplaced(listener) {
      listeners.push(listener)
      if (replacedAt !== null) listener()
    },

    async check() {
      if (connection === null) return
      const found = await stat(path).catch(() => null)
      if (connection === null || isClosed || found?.ino === inode) return
      disconnect()
      trySave()
    },

    async close() {
      if (isClosed) return
      isClosed = true
      await waiting
      if (!trySave()) await saveWhenFree()
      clearInterval(retry)
      disconnect()
    }
  }
}
