import { chmodSync, existsSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeFolder } from './make-folder.ts'
import { salvage } from './salvage.ts'
import { StorageError } from './storage-error.ts'

const START_WAIT_MS = 5000
const WAL_RETRY_MS = 5
/** Size of the write-ahead log after a checkpoint, in bytes. A long read transaction can make it grow without limit. */
const WAL_LIMIT_BYTES = 4 * 1024 * 1024

/** The file was written by a newer version of this program. */
export class DatabaseTooNewError extends StorageError {
  constructor(path: string, version: number, known: number) {
    const reason = `it has version ${version}, and this program knows versions up to ${known}; install the newer program again`
    super(path, 'ENEWER', { reason, operation: 'read' })
  }
}

export interface DatabaseOptions {
  path: string
  /** Each entry migrates the file from the version equal to its index to the next. */
  migrations: readonly string[]
  /** Milliseconds since the epoch. */
  now: () => number
  /** Called after a damaged file was renamed to `to` and `rows` rows of it were kept. */
  onSetAside: (to: string, rows: number) => void
  /** Tables that are not salvaged, because memory holds their rows. */
  discard?: readonly string[]
  /** Milliseconds to wait for another process's write; blocks the event loop. Default: 5000, for the start. */
  waitMs?: number
}

/**
 * Opens a database and migrates its tables. WAL with synchronous NORMAL: a killed process loses nothing, a power cut at
 * most the last commits.
 * A damaged file (`PRAGMA quick_check`) is renamed to `<path>.broken-<UTC time>` and replaced by a new file with the
 * readable rows. Throws DatabaseTooNewError, StorageError if the path is not a regular file, or SQLite's error.
 */
export function openDatabase(options: DatabaseOptions): DatabaseSync {
  try {
    return open(options, true)
  } catch (error) {
    if (!isDamaged(error)) throw error
    return replaceDamaged(options)
  }
}

/** Whether SQLite reports a damaged file: SQLITE_CORRUPT, SQLITE_NOTADB. */
export const isDamaged = (error: unknown): boolean =>
  [11, 26].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff)

export const isBusy = (error: unknown): boolean =>
  [5, 6].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff)

/** Renames a damaged file, which must be closed, and opens a new file in its place. Throws as openDatabase does. */
export function replaceDamaged(options: DatabaseOptions): DatabaseSync {
  const aside = setAside(options.path, options.now())
  const database = open(options, false)
  options.onSetAside(aside, salvage(database, aside, options.discard ?? []))
  return database
}

/** Also renames the write-ahead log, which would otherwise be replayed into the new file. */
function setAside(path: string, now: number): string {
  const aside = `${path}.broken-${new Date(now).toISOString().replaceAll(':', '')}`
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix)
  return aside
}

function open({ path, migrations, waitMs = START_WAIT_MS }: DatabaseOptions, isOld: boolean): DatabaseSync {
  makeFolder(dirname(path), 0o700)
  const found = statSync(path, { throwIfNoEntry: false })
  // SQLite would read a device or a named pipe.
  if (found && !found.isFile()) throw new StorageError(path, found.isDirectory() ? 'EISDIR' : 'EINVAL')
  const database = new DatabaseSync(path, { timeout: waitMs })
  try {
    // Before the first write: SQLite gives the write-ahead log the mode of the database.
    chmodSync(path, 0o600)
    useWriteAheadLog(database, waitMs)
    database.exec(`PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
      PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES};`)
    if (isOld) check(database)
    migrate(database, migrations, path)
    // After the start, statements fail at once instead of waiting for another process.
    database.exec('PRAGMA busy_timeout = 0')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Two processes that switch a new file at once would wait for each other's read lock. SQLite then fails one of them with
 * SQLITE_BUSY at once, whatever its timeout, so that it tries again.
 */
function useWriteAheadLog(database: DatabaseSync, waitMs: number): void {
  const start = performance.now()
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() - start >= waitMs) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAL_RETRY_MS)
    }
  }
}

function check(database: DatabaseSync): void {
  const [result] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})
  if (result !== 'ok') throw Object.assign(new Error(String(result)), { code: 'ERR_SQLITE_ERROR', errcode: 11 })
}

const versionOf = (database: DatabaseSync): number =>
  (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version

function migrate(database: DatabaseSync, migrations: readonly string[], path: string): void {
  // Without pending migrations no write lock is needed; another program may hold it for long.
  if (versionOf(database) === migrations.length) return
  inTransaction(database, () => {
    // Read again under the lock: another process may have migrated the file meanwhile.
    const version = versionOf(database)
    if (version > migrations.length) throw new DatabaseTooNewError(path, version, migrations.length)
    for (const step of migrations.slice(version)) database.exec(step)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

/** Runs `work` in a transaction. Throws its errors, and SQLITE_BUSY at once while another process is writing. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  try {
    database.exec('BEGIN IMMEDIATE')
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // On a full disk SQLite has already rolled the transaction back.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
