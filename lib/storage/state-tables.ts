// Each entry migrates a database from the version equal to its index to the next. Entries are only ever added.
export const stateMigrations: readonly string[] = [
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
   INSERT INTO audit_ends VALUES ('anchor', 0, zeroblob(32)), ('head', 0, zeroblob(32));`,
  // The time of a lock. Earlier versions stored a lock's end for every failure, equal to its own time without a lock.
  `ALTER TABLE lockouts ADD COLUMN locked_at INTEGER NOT NULL DEFAULT 0;
   UPDATE lockouts SET locked_until = 0 WHERE locked_until = failed_at;
   UPDATE lockouts SET locked_at = failed_at WHERE locked_until > 0;`,
  // Written by the command line, read by the daemon (decision 33).
  `CREATE TABLE orders (
     id INTEGER PRIMARY KEY,
     at INTEGER NOT NULL,
     what TEXT NOT NULL,
     result INTEGER
   ) STRICT;
   CREATE TABLE login_links (
     hash TEXT PRIMARY KEY,
     user_id INTEGER NOT NULL,
     credential TEXT NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`
]
