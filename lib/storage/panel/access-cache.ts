import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { PanelDatabase, Query } from './database.ts'
import { keyOf, useRedis } from './redis.ts'

/**
 * What the request path reads: the signing secret of the whole panel, the state of a tenant, a session, a user, or an API
 * token by its hash.
 */
export type CacheKey = 'secret' | 'tenant' | `session:${string}` | `user:${number}` | `token:${string}`

interface Entry {
  version: string
  value: unknown
}

/** How long a version stays in Redis, ms. */
const KEEP_MS = 3_600_000
/** Entries of one replica, so that its memory does not grow with the number of users. */
const CAPACITY = 10_000
/** The class of the advisory locks of changes. */
const LOCKS = 8_008_015
/** Values share 128 locks: PostgreSQL has room for few, and a change may end thousands of sessions. */
const LOCK_MASK = 127
/** Always in the same order, so that changes do not wait for each other in a circle. */
const LOCK = `SELECT pg_advisory_xact_lock($1, lock)
  FROM (SELECT DISTINCT hashtext(name) & $2 AS lock FROM unnest($3::text[]) AS name ORDER BY lock) AS locks`
/** Outside a transaction, so that the locks are free again at once. */
const TEST = `SELECT array_agg(pg_try_advisory_xact_lock_shared($1, hashtext(name) & $2) ORDER BY place) AS settled
  FROM unnest($3::text[]) WITH ORDINALITY AS names (name, place)`

const nameOf = (tenant: number, key: CacheKey): string => keyOf(key === 'secret' ? 0 : tenant, key)

/**
 * Spares the request path PostgreSQL without ever answering from before an acknowledged change. The values stay in the
 * memory of each replica, so that no secret enters Redis; Redis holds a random version of each value. A value counts only
 * while Redis still has the version that was there before the value was read from PostgreSQL.
 *
 * A change takes the locks of its values, deletes their versions, and commits, which frees the locks. A value from before
 * the commit either lost its version, or was read while the locks were taken, and such a value is not remembered. So
 * nothing has to be done after the commit, and a replica that dies, or a Redis that is emptied, leaves nothing outdated.
 */
export function createAccessCache(redis: Redis, database: PanelDatabase) {
  const entries = new Map<string, Entry>()
  let connection = 0
  // A Redis that was restarted from an old copy may bring old versions back.
  redis.on('ready', () => {
    connection++
    entries.clear()
  })

  const remember = (name: string, entry: Entry): void => {
    entries.delete(name)
    if (entries.size >= CAPACITY) entries.delete(entries.keys().next().value!)
    entries.set(name, entry)
  }

  /** The version in Redis, set now if there was none. */
  const claim = async (name: string): Promise<string> => {
    const version = randomBytes(9).toString('base64url')
    const before = await useRedis(redis, () => redis.set(name, version, 'PX', KEEP_MS, 'NX', 'GET'))
    return before ?? version
  }

  /** Which of the values no transaction is changing. */
  const findSettled = async (tenant: number, names: readonly string[]): Promise<boolean[]> => {
    const [row] = await database.query<{ settled: boolean[] }>(tenant, TEST, [LOCKS, LOCK_MASK, names])
    return row!.settled
  }

  return {
    /** The last known value, which may be outdated; only for what never changes, such as the user of a session. */
    peek: (tenant: number, key: CacheKey): unknown => entries.get(nameOf(tenant, key))?.value,

    /** Reads the versions of `keys` and of other keys with one command, and loads the values that are not known. */
    async read(
      tenant: number,
      keys: readonly CacheKey[],
      load: (keys: readonly CacheKey[]) => Promise<unknown[]>,
      others: readonly string[] = []
    ): Promise<{ values: unknown[]; others: (string | null)[] }> {
      const connectedBy = connection
      const names = keys.map((key) => nameOf(tenant, key))
      const found = await useRedis(redis, () => redis.mget(...names, ...others))
      const values: unknown[] = []
      const missing: number[] = []
      for (const [i, name] of names.entries()) {
        const entry = entries.get(name)
        if (entry !== undefined && entry.version === found[i]) values[i] = entry.value
        else missing.push(i)
      }
      if (missing.length > 0) {
        const versions = await Promise.all(missing.map((i) => found[i] ?? claim(names[i]!)))
        const settled = await findSettled(
          tenant,
          missing.map((i) => names[i]!)
        )
        const loaded = await load(missing.map((i) => keys[i]!))
        for (const [at, i] of missing.entries()) {
          values[i] = loaded[at]
          const isCurrent = settled[at] && connectedBy === connection
          if (isCurrent) remember(names[i]!, { version: versions[at]!, value: loaded[at] })
        }
      }
      return { values, others: found.slice(keys.length) }
    },

    /** The last act of a transaction before its commit. Throws StoreUnavailableError. */
    async invalidate(query: Query, tenant: number, keys: readonly CacheKey[]): Promise<void> {
      const names = keys.map((key) => nameOf(tenant, key))
      await query(LOCK, [LOCKS, LOCK_MASK, names])
      await useRedis(redis, () => redis.del(...names))
    }
  }
}
export type AccessCache = ReturnType<typeof createAccessCache>

/**
 * A transaction that changes values of the request path. `work` adds the keys of all values that it changes to
 * `changed`. Resolves once every replica sees the change. Throws StoreUnavailableError; then the change may have been
 * committed, if only the answer to the commit was lost.
 */
export const changeAccess = <T>(
  { database, cache }: { database: PanelDatabase; cache: AccessCache },
  tenant: number,
  work: (query: Query, changed: Set<CacheKey>) => Promise<T>
): Promise<T> =>
  database.transaction(tenant, async (query) => {
    const changed = new Set<CacheKey>()
    const result = await work(query, changed)
    if (changed.size > 0) await cache.invalidate(query, tenant, [...changed])
    return result
  })
