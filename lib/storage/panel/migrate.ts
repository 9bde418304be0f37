import { Client } from 'pg'
import Postgrator from 'postgrator'
import { locations } from '../../startup/locations.ts'
import { TIMEOUT_MS } from './database.ts'
import { StoreUnavailableError } from './unavailable.ts'

/** Any number that other programs of the database do not use for an advisory lock. */
const LOCK = 8_008_014

/** Runs `work` on a connection of its own, since a migration may take longer than a request may. */
async function withPostgrator<T>(
  connectionString: string,
  work: (postgrator: Postgrator, client: Client) => Promise<T>
): Promise<T> {
  const client = new Client({ connectionString, connectionTimeoutMillis: TIMEOUT_MS, keepAlive: true })
  // A connection that is lost between two statements would end the process with a stack trace; so the next one fails.
  client.on('error', () => {})
  await client.connect().catch((error: unknown) => {
    throw new StoreUnavailableError('PostgreSQL', error)
  })
  try {
    const postgrator = new Postgrator({
      driver: 'pg',
      migrationPattern: `${locations.migrations}*.sql`,
      execQuery: (text) => client.query(text),
      execSqlScript: async (text) => void (await client.query(text))
    })
    await postgrator.getMigrations()
    return await work(postgrator, client)
  } finally {
    // Without a commit the server rolls back.
    await client.end()
  }
}

/** The version of the database, which is not newer than the program's. Throws an Error that names both. */
async function versionOf(postgrator: Postgrator): Promise<{ has: number; knows: number }> {
  const [has, knows] = [await postgrator.getDatabaseVersion(), await postgrator.getMaxVersion()]
  if (has > knows) {
    throw new Error(`the database has version ${has}, this program knows version ${knows}; install a newer program`)
  }
  return { has, knows }
}

/**
 * Brings the database to this program's version: forward only, under a lock, in one transaction. Throws an Error that
 * names both versions if the database is newer, StoreUnavailableError, and PostgreSQL's errors.
 */
export const migrate = (connectionString: string): Promise<void> =>
  withPostgrator(connectionString, async (postgrator, client) => {
    await client.query('BEGIN')
    // Released with the transaction. Replicas that start at the same time wait here.
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    await client.query("SELECT set_config('monitor.tenant_id', '*', true)")
    await versionOf(postgrator)
    await postgrator.migrate()
    await client.query('COMMIT')
  })

/** Throws an Error that names both versions unless the database has this program's version. Changes nothing. */
export const requireVersion = (connectionString: string): Promise<void> =>
  withPostgrator(connectionString, async (postgrator) => {
    const { has, knows } = await versionOf(postgrator)
    if (has < knows)
      throw new Error(
        `the database has version ${has}, this program needs version ${knows}; start a replica to update it`
      )
  })
