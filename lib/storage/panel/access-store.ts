import { type Account, OWNER_ID } from '../../auth/accounts.ts'
import type { AccessStore } from '../stores/access.ts'
import type { Session } from '../stores/sessions.ts'
import type { AccessCache, CacheKey } from './access-cache.ts'
import { createAccessLoader, type SigningSecret, type TenantState, type TokenState } from './access-loader.ts'
import type { PanelDatabase } from './database.ts'
import type { Keys } from './encryption.ts'
import { confirmationKey, confirmedAtOf } from './session-rows.ts'
import { accountOf, type KnownUser } from './user-rows.ts'

export interface PanelAccessOptions {
  database: PanelDatabase
  cache: AccessCache
  keys: Keys
  /** The tenant of the present request. */
  tenant: () => number
}

/**
 * Answers from the cache with one command to Redis, and with statements to PostgreSQL for values not yet cached. No
 * value is older than the call. Throws StoreUnavailableError.
 */
export function createPanelAccess({ database, cache, keys, tenant: currentTenant }: PanelAccessOptions): AccessStore {
  const loaderOf = createAccessLoader({ database, keys })
  /** Accounts by the values they were made of: the credential is a hash, too costly for each request. */
  const made = new WeakMap<KnownUser, { secret: string; account: Account }>()
  const accountFor = (user: KnownUser, secret: string): Account => {
    const known = made.get(user)
    if (known?.secret === secret) return known.account
    const account = accountOf(user, secret)
    made.set(user, { secret, account })
    return account
  }

  return {
    async read({ sid, userId, tokenHash, now }) {
      const tenant = currentTenant()
      const load = loaderOf(tenant)
      const sessionKey: CacheKey[] = sid === undefined ? [] : [`session:${sid}`]
      const tokenKey: CacheKey[] = tokenHash === undefined ? [] : [`token:${tokenHash}`]
      /** The account of the request, by its session or token. */
      const accountIdOf = (session: Session | null | undefined, token: TokenState | undefined): number | undefined => {
        if (sid !== undefined) return session?.userId
        return userId ?? (token && (token.entry?.user_id ?? OWNER_ID))
      }
      const peek = <T>([key]: CacheKey[]) =>
        key === undefined ? undefined : (cache.peek(tenant, key) as T | undefined)
      const expected = accountIdOf(peek<Session | null>(sessionKey), peek<TokenState>(tokenKey))
      const userKey: CacheKey[] = expected === undefined ? [] : [`user:${expected}`]
      const confirmed = sid === undefined ? [] : [confirmationKey(tenant, sid)]

      const wanted: CacheKey[] = ['secret', 'tenant', ...sessionKey, ...tokenKey, ...userKey]
      const { values, others } = await cache.read(tenant, wanted, load, confirmed)
      const answerTo = <T>([key]: CacheKey[]) => (key === undefined ? undefined : (values[wanted.indexOf(key)] as T))
      const { secret, revision } = values[0] as SigningSecret
      const { mode, hasOwner, terminalWithoutAuth } = values[1] as TenantState
      const stored = answerTo<Session | null>(sessionKey) ?? null
      // The remembered session itself, so that `touch` reaches it and the next request is no further use.
      const session = stored && stored.expiresAt > now ? stored : null
      if (session) session.confirmedAt = confirmedAtOf(others[0])
      const token = answerTo<TokenState>(tokenKey)

      const id = accountIdOf(session, token)
      let user: KnownUser | null = null
      if (id !== undefined) {
        const isRead = id === expected
        user = isRead
          ? answerTo<KnownUser | null>(userKey)!
          : ((await cache.read(tenant, [`user:${id}`], load)).values[0] as KnownUser | null)
      }
      return {
        revision,
        mode,
        terminalWithoutAuth,
        session,
        account: user && hasOwner ? accountFor(user, secret) : null,
        apiToken: token?.entry ?? null,
        isRevoked: token?.isRevoked === true
      }
    }
  }
}
