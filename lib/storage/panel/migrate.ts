import { Client } from 'pg'
import Postgrator from 'postgrator'
import { locations } from '../../startup/locations.ts'
import { TIMEOUT_MS } from './database.ts'

/** Any number that other programs of the database do not use for an advisory lock. */
const LOCK = 8_008_014

/**
 * Brings the database to this program's version: forward only, under a lock, in one transaction. On a connection of its
 * own, since a migration may take longer than a request may. Throws an Error that names both versions if the database
 * is newer, and PostgreSQL's errors.
 */
export async function migrate(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: TIMEOUT_MS, keepAlive: true })
  // A connection that is lost between two statements would end the process with a stack trace; so the next one fails.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('BEGIN')
    // Released with the transaction. Replicas that start at the same time wait here.
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    await client.query("SELECT set_config('monitor.tenant_id', '*', true)")
    const postgrator = new Postgrator({
      driver: 'pg',
      migrationPattern: `${locations.migrations}*.sql`,
      execQuery: (text) => client.query(text),
      execSqlScript: async (text) => void (await client.query(text))
    })
    await postgrator.getMigrations()
    const [has, knows] = [await postgrator.getDatabaseVersion(), await postgrator.getMaxVersion()]
    if (has > knows) {
      throw new Error(`the database has version ${has}, this program knows version ${knows}; install a newer program`)
    }
    await postgrator.migrate()
    await client.query('COMMIT')
  } finally {
    // Without a commit the server rolls back.
    await client.end()
  }
}
