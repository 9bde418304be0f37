import { chmodSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { salvage } from './salvage.ts'
import { StorageError } from './storage-error.ts'

const START_WAIT_MS = 5000
/** What the write-ahead log is cut to after a checkpoint. A long reader can make it grow without a bound. */
const WAL_LIMIT_BYTES = 4 * 1024 * 1024

/** A file that a newer program has written. */
export class DatabaseTooNewError extends StorageError {
  constructor(path: string, version: number, known: number) {
    const reason = `it has version ${version}, and this program knows versions up to ${known}; install the newer program again`
    super(path, 'ENEWER', { reason, what: 'read' })
  }
}

export interface DatabaseOptions {
  path: string
  /** Each entry brings the file from the version of its index to the next. */
  migrations: readonly string[]
  /** Milliseconds since the epoch. */
  now: () => number
  /** A damaged file was renamed to `to`, and `rows` rows of it were kept. */
  onSetAside: (to: string, rows: number) => void
  /** Tables not to be kept, because memory holds what they held. */
  discard?: readonly string[]
  /** How long to wait for another process's write; the event loop waits too. Default: 5 s, for a start. */
  waitMs?: number
}

/**
 * Opens a database and brings its tables up to date. WAL with synchronous NORMAL: a killed process loses nothing, a power
 * cut at most the last moments.
 * A damaged file (`PRAGMA quick_check`) is renamed to `<path>.broken-<UTC time>`; a new one takes its place, with the rows
 * that can still be read. Throws DatabaseTooNewError, StorageError where no regular file is in its place, or SQLite's error.
 */
export function openDatabase(options: DatabaseOptions): DatabaseSync {
  try {
    return open(options, true)
  } catch (error) {
    if (!isDamaged(error)) throw error
    return replaceDamaged(options)
  }
}

/** Whether SQLite says that the file itself is damaged: SQLITE_CORRUPT, SQLITE_NOTADB. */
export const isDamaged = (error: unknown): boolean =>
  [11, 26].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff)

export const isBusy = (error: unknown): boolean =>
  [5, 6].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff)

/** Renames a damaged file and opens a new one in its place. The damaged one must be closed. Throws what openDatabase throws. */
export function replaceDamaged(options: DatabaseOptions): DatabaseSync {
  const aside = setAside(options.path, options.now())
  const database = open(options, false)
  options.onSetAside(aside, salvage(database, aside, options.discard ?? []))
  return database
}

/** With its write-ahead log: a log that stays behind would be replayed into the next file of that name. */
function setAside(path: string, now: number): string {
  const aside = `${path}.broken-${new Date(now).toISOString().replaceAll(':', '')}`
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix)
  return aside
}

function open({ path, migrations, waitMs = START_WAIT_MS }: DatabaseOptions, isOld: boolean): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const found = statSync(path, { throwIfNoEntry: false })
  // SQLite would read a device or a named pipe.
  if (found && !found.isFile()) throw new StorageError(path, found.isDirectory() ? 'EISDIR' : 'EINVAL')
  const database = new DatabaseSync(path, { timeout: waitMs })
  try {
    // Before the first write: SQLite gives the write-ahead log the mode of the database.
    chmodSync(path, 0o600)
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
      PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES};`)
    if (isOld) check(database)
    migrate(database, migrations, path)
    // From now on no statement waits for another process.
    database.exec('PRAGMA busy_timeout = 0')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function check(database: DatabaseSync): void {
  const [result] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})
  if (result !== 'ok') throw Object.assign(new Error(String(result)), { code: 'ERR_SQLITE_ERROR', errcode: 11 })
}

const versionOf = (database: DatabaseSync): number =>
  (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version

function migrate(database: DatabaseSync, migrations: readonly string[], path: string): void {
  // Nothing to do needs no write lock: another program may hold it for long.
  if (versionOf(database) === migrations.length) return
  inTransaction(database, () => {
    // Only now: of two first starts at the same moment one has waited for the other.
    const version = versionOf(database)
    if (version > migrations.length) throw new DatabaseTooNewError(path, version, migrations.length)
    for (const step of migrations.slice(version)) database.exec(step)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

/** All of `work` or nothing. Throws what it throws, and SQLITE_BUSY at once where another process writes. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  try {
    database.exec('BEGIN IMMEDIATE')
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk has ended it already.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
