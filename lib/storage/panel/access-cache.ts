import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { PanelDatabase, Query } from './database.ts'
import { keyOf, useRedis } from './redis.ts'

/** What the request path reads: the state of a tenant, a session, a user, or an API token by its hash. */
export type CacheKey = 'tenant' | `session:${string}` | `user:${number}` | `token:${string}`

interface Block {
  names: string[]
  text: string
}

interface Entry {
  version: string
  value: unknown
}

/** How long an unused version stays in Redis, ms. */
const KEEP_MS = 3_600_000
/** Longer than a transaction can wait for its commit (idle_in_transaction_session_timeout), ms. */
const BLOCK_MS = 10_000
const BLOCKED = 'blocked '
/** Deletes the keys that still hold the block ARGV[1]: a later change of the same values has set its own. */
const DELETE_OWN = `for _, key in ipairs(KEYS) do if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end end`
/** Entries of one replica, so that its memory does not grow with the number of users. */
const CAPACITY = 20_000

/**
 * Spares the request path PostgreSQL without ever answering from before an acknowledged change. The values stay in the
 * memory of each replica, so that no secret enters Redis; Redis holds a random version of each. A value counts only while
 * Redis still has the version that was there before the value was read from PostgreSQL. A change replaces the versions
 * by a block before its commit, and deletes the block after it: a value from before the commit has lost its version, and
 * a reader between the two asks PostgreSQL.
 */
export function createAccessCache(redis: Redis) {
  const entries = new Map<string, Entry>()
  // A Redis that was restarted from an old copy may bring old versions back.
  redis.on('ready', () => entries.clear())

  const remember = (key: string, entry: Entry): void => {
    entries.delete(key)
    if (entries.size >= CAPACITY) entries.delete(entries.keys().next().value!)
    entries.set(key, entry)
  }

  /** The version in Redis, set now if there was none. */
  const claim = async (key: string): Promise<string> => {
    const version = randomBytes(9).toString('base64url')
    const before = await useRedis(redis, () => redis.set(key, version, 'PX', KEEP_MS, 'NX', 'GET'))
    return before ?? version
  }

  const readOne = async <T>(key: string, found: string | null, load: () => Promise<T>): Promise<T> => {
    const version = found ?? (await claim(key))
    if (version.startsWith(BLOCKED)) return load()
    const known = entries.get(key)
    if (known?.version === version) return known.value as T
    const value = await load()
    remember(key, { version, value })
    return value
  }

  return {
    /** The last known value, which may be outdated; only for what never changes, such as the user of a session. */
    peek: (tenant: number, key: CacheKey): unknown => entries.get(keyOf(tenant, key))?.value,

    /** Reads the versions of `keys` and of other keys with one command, and loads the values that are not known. */
    async read(
      tenant: number,
      keys: readonly CacheKey[],
      load: (key: CacheKey) => Promise<unknown>,
      others: readonly string[] = []
    ): Promise<{ values: unknown[]; others: (string | null)[] }> {
      const names = keys.map((key) => keyOf(tenant, key))
      const found = await useRedis(redis, () => redis.mget(...names, ...others))
      const values = await Promise.all(keys.map((key, i) => readOne(names[i]!, found[i]!, () => load(key))))
      return { values, others: found.slice(keys.length) }
    },

    /** Before a commit: from now on no replica uses or remembers these values. Throws StoreUnavailableError. */
    async block(tenant: number, keys: readonly CacheKey[]): Promise<Block> {
      const names = keys.map((key) => keyOf(tenant, key))
      const text = BLOCKED + randomBytes(9).toString('base64url')
      await useRedis(redis, () => Promise.all(names.map((name) => redis.set(name, text, 'PX', BLOCK_MS))))
      return { names, text }
    },

    /** After a commit or a rollback. A block that cannot be removed ends by itself. */
    async release({ names, text }: Block): Promise<void> {
      await redis.eval(DELETE_OWN, names.length, ...names, text).catch(() => {})
    }
  }
}
export type AccessCache = ReturnType<typeof createAccessCache>

/**
 * A transaction that changes values of the request path. `work` adds the keys of all values that it changes to
 * `changed`. Resolves once every replica sees the change. Throws StoreUnavailableError; then the change may have been
 * committed, if only the answer to the commit was lost.
 */
export async function changeAccess<T>(
  { database, cache }: { database: PanelDatabase; cache: AccessCache },
  tenant: number,
  work: (query: Query, changed: Set<CacheKey>) => Promise<T>
): Promise<T> {
  let block: Block | null = null
  try {
    return await database.transaction(tenant, async (query) => {
      const changed = new Set<CacheKey>()
      const result = await work(query, changed)
      if (changed.size > 0) block = await cache.block(tenant, [...changed])
      return result
    })
  } finally {
    if (block !== null) await cache.release(block)
  }
}
