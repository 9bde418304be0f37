import { OWNER_ID } from '../../auth/accounts.ts'
import { nameKeyOf } from '../../auth/typed-text.ts'
import type { AuthStore, RegisteredToken } from '../stores/auth.ts'
import { createAccessLoader, type SigningSecret, type TenantState } from './access-loader.ts'
import type { PanelAccessOptions } from './access-store.ts'
import { changeAccounts } from './account-changes.ts'
import { isId, isText } from './searchable.ts'
import { readSecret, SECRET_COLUMN } from './signing-secret.ts'
import { type TokenRow, tokenOf } from './token-rows.ts'
import { StoreUnavailableError } from './unavailable.ts'
import { accountOf, type ResellerRow, readKnownUser, resellerOf, type UserRow } from './user-rows.ts'

const KEEP_MODE_MS = 1000
// Without its owner the other users of a tenant cannot log in (contract 3).
const USERS = `SELECT row_to_json(u) AS row, row_to_json(s) AS reseller, ${SECRET_COLUMN} FROM users u
  JOIN users o ON o.tenant_id = $1 AND o.id = ${OWNER_ID}
  LEFT JOIN resellers s ON s.tenant_id = $1 AND s.id = u.reseller_id WHERE u.tenant_id = $1`
const TOKENS = `SELECT row_to_json(a) AS token, r.token_hash IS NOT NULL AS is_revoked, row_to_json(u) AS row,
    row_to_json(s) AS reseller, ${SECRET_COLUMN}
  FROM api_tokens a
  LEFT JOIN revoked_tokens r ON r.tenant_id = $1 AND r.token_hash = a.token_hash
  LEFT JOIN (users u JOIN users o ON o.tenant_id = $1 AND o.id = ${OWNER_ID}) ON u.tenant_id = $1 AND u.id = a.user_id
  LEFT JOIN resellers s ON s.tenant_id = $1 AND s.id = u.reseller_id
  WHERE a.tenant_id = $1`
const HASH = `SELECT EXISTS (SELECT FROM api_tokens WHERE tenant_id = $1 AND token_hash = $2) AS is_registered,
  EXISTS (SELECT FROM revoked_tokens WHERE tenant_id = $1 AND token_hash = $2) AS is_revoked`
const RESELLERS = 'SELECT row_to_json(s) AS row FROM resellers s WHERE tenant_id = $1'
const MOST_ITERATIONS = 'SELECT max(iterations) AS most FROM users WHERE tenant_id = $1'

type UserAnswer = { row: UserRow; reseller: ResellerRow | null; secret: string | null }
type TokenAnswer = Omit<UserAnswer, 'row'> & { token: TokenRow; is_revoked: boolean; row: UserRow | null }

/**
 * The accounts and API tokens of the present request's tenant, in PostgreSQL. The signing secret is the panel's. Throws
 * StoreUnavailableError.
 */
export function createPanelAuthStore({ database, cache, keys, tenant }: PanelAccessOptions): AuthStore {
  const loaderOf = createAccessLoader({ database, keys })
  const toAccount = ({ row, reseller, secret }: UserAnswer) =>
    accountOf(readKnownUser(row, reseller, keys), readSecret(secret, keys))
  const toToken = ({ token, is_revoked: isRevoked, row, ...facts }: TokenAnswer): RegisteredToken => ({
    entry: tokenOf(token),
    account: row && toAccount({ row, ...facts }),
    isRevoked
  })
  const findUsers = async (where: string, values: unknown[] = []) => {
    const id = tenant()
    return (await database.query<UserAnswer>(id, `${USERS} ${where}`, [id, ...values])).map(toAccount)
  }
  const findTokens = async (where: string, values: unknown[] = []) => {
    const id = tenant()
    return (await database.query<TokenAnswer>(id, `${TOKENS} ${where}`, [id, ...values])).map(toToken)
  }

  const findResellers = async (where: string, values: unknown[] = []) => {
    const id = tenant()
    const rows = await database.query<{ row: ResellerRow }>(id, `${RESELLERS} ${where}`, [id, ...values])
    return rows.map(({ row }) => resellerOf(row))
  }

  /** When tenants were last found enabled, by the monotonic clock. */
  const enabled = new Map<number, number>()

  const store: AuthStore = {
    // Read for every request, to find the open states. A tenant that leaves `enabled` is seen within KEEP_MODE_MS.
    async mode() {
      const id = tenant()
      const known = enabled.get(id)
      if (known !== undefined && performance.now() - known < KEEP_MODE_MS) return 'enabled'
      enabled.delete(id)
      try {
        const mode = ((await cache.read(id, ['tenant'], loaderOf(id))).values[0] as TenantState).mode
        if (mode === 'enabled') enabled.set(id, performance.now())
        return mode
      } catch (error) {
        if (error instanceof StoreUnavailableError) return 'unreadable'
        throw error
      }
    },

    // Read for every token that is not known, also for forged ones, and therefore from the cache.
    async secret() {
      const id = tenant()
      return ((await cache.read(id, ['secret'], loaderOf(id))).values[0] as SigningSecret).secret
    },

    async iterations() {
      const id = tenant()
      const [row] = await database.query<{ most: number | null }>(id, MOST_ITERATIONS, [id])
      return row!.most ?? 0
    },

    findAccount: async (id) => (isId(id) ? ((await findUsers('AND u.id = $2', [id]))[0] ?? null) : null),

    // Within a tenant no two names have the same key, so the name with the key is also the exact one.
    findByName: async (typed) =>
      isText(typed) ? ((await findUsers('AND u.name_key = $2', [nameKeyOf(typed)]))[0] ?? null) : null,

    async listAccounts(resellerId) {
      if (resellerId === undefined) return findUsers('ORDER BY u.id')
      return isId(resellerId) ? findUsers('AND u.reseller_id = $2 ORDER BY u.id', [resellerId]) : []
    },

    listResellers: () => findResellers('ORDER BY id'),

    findReseller: async (id) => (isId(id) ? ((await findResellers('AND id = $2', [id]))[0] ?? null) : null),

    findToken: async (id) => (isText(id) ? ((await findTokens('AND a.id = $2', [id]))[0] ?? null) : null),

    async findByHash(hash) {
      const id = tenant()
      const [row] = await database.query<{ is_registered: boolean; is_revoked: boolean }>(id, HASH, [id, hash])
      return { isRegistered: row!.is_registered, isRevoked: row!.is_revoked }
    },

    listTokens: (userId) =>
      userId === null ? findTokens('ORDER BY a.minted') : findTokens('AND a.user_id = $2 ORDER BY a.minted', [userId]),

    change: (scope, edit) => changeAccounts({ database, cache, keys }, tenant(), scope, edit),

    changeSoon: (scope, edit) => store.change(scope, edit),

    fault: database.fault,

    refresh: async () => {},

    /** The pool is closed by who opened it. */
    close: async () => {}
  }
  return store
}
