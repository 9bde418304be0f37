import { chmodSync, renameSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

// Each entry brings a database from the version of its index to the next; entries are only ever added.
const migrations = [
  `CREATE TABLE sessions (
     sid TEXT PRIMARY KEY,
     user_id INTEGER NOT NULL,
     credential TEXT NOT NULL,
     amr TEXT NOT NULL,
     address TEXT NOT NULL,
     user_agent TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX sessions_by_expiry ON sessions (expires_at);`,
  `ALTER TABLE sessions ADD COLUMN last_used_at INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE refresh_tokens (
     hash TEXT PRIMARY KEY,
     sid TEXT NOT NULL REFERENCES sessions (sid) ON DELETE CASCADE,
     expires_at INTEGER NOT NULL,
     replaced_by TEXT,
     replaced_at INTEGER
   ) STRICT;
   CREATE INDEX refresh_tokens_by_session ON refresh_tokens (sid);`,
  `ALTER TABLE sessions ADD COLUMN unusual INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE seen_addresses (
     user_id INTEGER NOT NULL,
     address TEXT NOT NULL,
     seen_at INTEGER NOT NULL,
     PRIMARY KEY (user_id, address)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE token_uses (
     hash TEXT PRIMARY KEY,
     used_at INTEGER NOT NULL,
     address TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE lockouts (
     username TEXT NOT NULL,
     address TEXT NOT NULL,
     failures TEXT NOT NULL,
     locked_until INTEGER NOT NULL,
     failed_at INTEGER NOT NULL,
     PRIMARY KEY (username, address)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX lockouts_by_failure ON lockouts (failed_at);`,
  `CREATE TABLE audit_events (
     id INTEGER PRIMARY KEY,
     at INTEGER NOT NULL,
     level TEXT NOT NULL,
     event TEXT NOT NULL,
     address TEXT NOT NULL,
     user TEXT NOT NULL,
     target TEXT,
     hash BLOB NOT NULL
   ) STRICT;
   CREATE INDEX audit_events_by_time ON audit_events (at);
   CREATE INDEX audit_events_by_event ON audit_events (event);
   CREATE INDEX audit_events_by_user ON audit_events (user);
   CREATE INDEX audit_events_by_address ON audit_events (address);
   CREATE TABLE audit_ends (
     name TEXT PRIMARY KEY,
     id INTEGER NOT NULL,
     hash BLOB NOT NULL
   ) STRICT, WITHOUT ROWID;
   INSERT INTO audit_ends VALUES ('anchor', 0, zeroblob(32)), ('head', 0, zeroblob(32));`
]

/** How long a statement waits for another process's write. */
const BUSY_TIMEOUT_MS = 500

/**
 * Opens a database of the state folder, the one of sessions unless `steps` are another's, and brings its tables up to
 * date.
 * WAL with synchronous NORMAL: a killed process loses nothing, a power cut at most the last moments.
 * A file that is no database is moved aside: it decides nothing that is not safely decided by its absence,
 * since without a row no session is live. `onMovedAside` is told where it went. Throws the system's error otherwise.
 */
export function openDatabase(
  path: string,
  onMovedAside: (to: string) => void,
  now = Date.now,
  steps: readonly string[] = migrations
): DatabaseSync {
  try {
    return open(path, steps)
  } catch (error) {
    if (!isBroken(error)) throw error
    onMovedAside(moveAside(path, now()))
    return open(path, steps)
  }
}

/** Whether it is the file that SQLite complains of: SQLITE_CORRUPT, SQLITE_NOTADB. */
export const isBroken = (error: unknown): boolean =>
  [11, 26].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff)

/** Where to. The file is no longer open. */
export function moveAside(path: string, now: number): string {
  const aside = `${path}.broken-${new Date(now).toISOString().replaceAll(':', '')}`
  renameSync(path, aside)
  return aside
}

function open(path: string, steps: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS })
  // Before the first write: SQLite gives the write-ahead log the mode of the database.
  chmodSync(path, 0o600)
  return migrate(database, steps)
}

function migrate(database: DatabaseSync, steps: readonly string[]): DatabaseSync {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;')
  const version = database.prepare('PRAGMA user_version').get() as { user_version: number }
  for (let step = version.user_version; step < steps.length; step++) {
    database.exec(`BEGIN; ${steps[step]} PRAGMA user_version = ${step + 1}; COMMIT;`)
  }
  return database
}

/** All of `work` or nothing. Throws what it throws, or at once where another process writes for longer than `waitMs`. */
export function inTransaction<T>(database: DatabaseSync, work: () => T, waitMs = BUSY_TIMEOUT_MS): T {
  if (waitMs !== BUSY_TIMEOUT_MS) database.exec(`PRAGMA busy_timeout = ${waitMs}`)
  try {
    database.exec('BEGIN IMMEDIATE')
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk has ended it already.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  } finally {
    if (waitMs !== BUSY_TIMEOUT_MS) database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
  }
}
