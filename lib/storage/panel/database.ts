import type { Pool, PoolClient, QueryResultRow } from 'pg'
import { StoreUnavailableError } from './unavailable.ts'

/** Milliseconds after which a statement, a lock or a free connection is given up. */
export const TIMEOUT_MS = 2000
/** Connections of one replica. */
const CONNECTIONS = 10
/** Requests that may wait for a connection. Beyond that the database is too slow, and waiting would only fill memory. */
const MAX_WAITING = 500

/** The tenant whose rows a statement sees; `all` for the maintenance of all tenants. */
export type Tenant = number | 'all'

/** Runs one SQL statement. Throws StoreUnavailableError, or PostgreSQL's error for a constraint or a bug. */
export type Query = <R extends QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>

/** PostgreSQL behind the panel's stores. */
export interface PanelDatabase {
  /** One statement that sees the rows of one tenant. */
  query<R extends QueryResultRow>(tenant: Tenant, text: string, values?: unknown[]): Promise<R[]>
  /** One transaction. It is rolled back if `work` throws. `work` runs again after a deadlock. */
  transaction<T>(tenant: Tenant, work: (query: Query) => Promise<T>): Promise<T>
  /** Why the last statement failed; null if it did not. */
  fault(): StoreUnavailableError | null
}

/** The options of the pool (pg.PoolConfig) for a connection URL. */
export const poolOptions = (connectionString: string) => ({
  connectionString,
  max: CONNECTIONS,
  connectionTimeoutMillis: TIMEOUT_MS,
  // The server ends a slow statement; the client gives up later, on a server that hangs.
  statement_timeout: TIMEOUT_MS,
  lock_timeout: TIMEOUT_MS,
  idle_in_transaction_session_timeout: 2 * TIMEOUT_MS,
  query_timeout: TIMEOUT_MS + 500,
  keepAlive: true,
  application_name: 'proxmenux-monitor'
})

/** SQLSTATE classes of a server that is full, stopping or out of connections, of timeouts, and of a read-only standby. */
const UNAVAILABLE = /^(08|53|57|58|XX|25006|55P03|28)/
const DEADLOCK = '40P01'

const sqlState = (error: unknown): string | undefined => {
  const { code, severity } = error as { code?: unknown; severity?: unknown }
  return typeof code === 'string' && severity !== undefined ? code : undefined
}

/** An error of the connection or of an exhausted server, as opposed to one of the statement. */
function isUnavailable(error: unknown): boolean {
  const state = sqlState(error)
  return state === undefined ? error instanceof Error : UNAVAILABLE.test(state)
}

/**
 * PostgreSQL by a pool of connections. `onTrouble` gets the first error of a series, and null with the first answer after
 * it.
 */
export function createPanelDatabase(
  pool: Pool,
  onTrouble: (error: StoreUnavailableError | null) => void = () => {}
): PanelDatabase {
  /** The tenant that was last set on a connection. */
  const tenants = new WeakMap<PoolClient, Tenant>()
  let fault: StoreUnavailableError | null = null
  // The pool handles errors of idle connections only. Without this listener, a connection that is lost between two
  // statements of a transaction would end the process. With it, the next statement fails.
  pool.on('connect', (client) => void client.on('error', () => {}))

  const unavailable = (error: unknown): StoreUnavailableError => {
    const isNews = fault === null
    fault = error instanceof StoreUnavailableError ? error : new StoreUnavailableError('PostgreSQL', error)
    if (isNews) onTrouble(fault)
    return fault
  }
  const answered = (): void => {
    if (fault === null) return
    fault = null
    onTrouble(null)
  }

  const connect = async (): Promise<PoolClient> => {
    if (pool.waitingCount >= MAX_WAITING) throw unavailable(new Error('too many requests wait for a connection'))
    return pool.connect().catch((error: unknown) => {
      throw unavailable(error)
    })
  }

  /** Runs `work` on a connection. A connection whose state is unknown is closed. */
  const use = async <T>(tenant: Tenant, work: (query: Query, isBroken: () => boolean) => Promise<T>): Promise<T> => {
    const client = await connect()
    let broken: Error | undefined
    const query: Query = async <R extends QueryResultRow>(text: string, values?: unknown[]) => {
      try {
        const { rows } = await client.query<R>(text, values)
        answered()
        return rows
      } catch (error) {
        if (!isUnavailable(error)) throw error
        broken = error as Error
        throw unavailable(error)
      }
    }
    try {
      if (tenants.get(client) !== tenant) {
        tenants.delete(client)
        await query("SELECT set_config('monitor.tenant_id', $1, false)", [tenant === 'all' ? '*' : String(tenant)])
        tenants.set(client, tenant)
      }
      return await work(query, () => broken !== undefined)
    } finally {
      client.release(broken)
    }
  }

  const attempt = <T>(tenant: Tenant, work: (query: Query) => Promise<T>): Promise<T> =>
    use(tenant, async (query, isBroken) => {
      await query('BEGIN')
      try {
        const result = await work(query)
        await query('COMMIT')
        return result
      } catch (error) {
        // A broken connection is closed, and the server rolls back by itself. The error may be one of Redis.
        if (!isBroken()) await query('ROLLBACK')
        throw error
      }
    })

  return {
    query: (tenant, text, values) => use(tenant, (query) => query(text, values)),
    async transaction(tenant, work) {
      try {
        return await attempt(tenant, work)
      } catch (error) {
        if (sqlState(error) !== DEADLOCK) throw error
        return attempt(tenant, work)
      }
    },
    fault: () => fault
  }
}
