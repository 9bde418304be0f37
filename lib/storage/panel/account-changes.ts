import { isDeepStrictEqual } from 'node:util'
import type { AuthFile, ResellerEntry } from '../../../schemas/auth/auth-file.ts'
import { OWNER_ID } from '../../auth/accounts.ts'
import { mintSecret } from '../auth-store.ts'
import type { ChangeScope } from '../stores/auth.ts'
import { type AccessCache, type CacheKey, changeAccess } from './access-cache.ts'
import { draftOf, type Flags, loadScope, rowsOf, type ScopeRows } from './account-drafts.ts'
import type { PanelDatabase, Query } from './database.ts'
import type { Keys } from './encryption.ts'
import { replaceSecret } from './signing-secret.ts'
import { TOKEN_COLUMNS, type TokenRow } from './token-rows.ts'
import { type PanelUser, RESELLER_COLUMNS, USER_COLUMNS, userRowOf } from './user-rows.ts'

/** The statements that store and remove a row, which is given as JSON. */
const statementsOf = (table: 'users' | 'api_tokens' | 'resellers', columns: readonly string[]) => {
  const list = columns.join(', ')
  const values = `SELECT ${list} FROM json_populate_record(NULL::${table}, $1)`
  return {
    insert: `INSERT INTO ${table} (${list}) ${values}`,
    update: `UPDATE ${table} SET (${list}) = (${values}) WHERE tenant_id = $2 AND id = $3`,
    remove: `DELETE FROM ${table} WHERE tenant_id = $1 AND id = $2`
  }
}
const ofUsers = statementsOf('users', USER_COLUMNS)
const ofResellers = statementsOf('resellers', RESELLER_COLUMNS)
const ofTokens = statementsOf('api_tokens', TOKEN_COLUMNS)
const SET_FLAGS = `UPDATE tenants SET enabled = $2, configured = $3, declined = $4, terminal_without_auth = $5,
  next_user_id = $6, next_reseller_id = $7 WHERE id = $1`
const USERS_OF = 'SELECT id FROM users WHERE tenant_id = $1 AND reseller_id = ANY ($2)'
const REVOKE = `INSERT INTO revoked_tokens (tenant_id, token_hash) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`

/** Another tenant's change replaced the signing secret meanwhile. */
class SecretReplaced extends Error {}

interface Target {
  query: Query
  tenant: number
}

/** Brings one table from `before` to `after`; calls `onChange` with both states of each row that differs. */
async function writeRows<K extends string | number, Row extends { id: K }>(
  { query, tenant }: Target,
  statements: typeof ofUsers,
  before: ReadonlyMap<K, Row>,
  after: ReadonlyMap<K, Row>,
  store: (row: Row) => object,
  onChange: (before: Row | undefined, after: Row | undefined) => void
): Promise<void> {
  for (const [id, row] of before) {
    if (after.has(id)) continue
    await query(statements.remove, [tenant, id])
    onChange(row, undefined)
  }
  for (const [id, row] of after) {
    const old = before.get(id)
    if (isDeepStrictEqual(old, row)) continue
    const json = JSON.stringify(store(row))
    await (old ? query(statements.update, [json, tenant, id]) : query(statements.insert, [json]))
    onChange(old, row)
  }
}

async function writeFlags({ query, tenant }: Target, flags: Flags): Promise<void> {
  const { enabled, configured, declined, terminal_without_auth: withoutAuth } = flags
  const { next_user_id: user, next_reseller_id: reseller } = flags
  await query(SET_FLAGS, [tenant, enabled, configured, declined, withoutAuth, user, reseller])
}

/** A change of a reseller changes the accounts of its users: they may be suspended. */
async function writeResellers(target: Target, before: ScopeRows, after: ScopeRows, changed: Set<CacheKey>) {
  const { query, tenant } = target
  const ids: number[] = []
  const onReseller = (old: ResellerEntry | undefined, entry: ResellerEntry | undefined): void => {
    ids.push((old ?? entry)!.id)
  }
  const withTenant = (entry: ResellerEntry) => ({ ...entry, tenant_id: tenant })
  await writeRows(target, ofResellers, before.resellers, after.resellers, withTenant, onReseller)
  if (ids.length === 0) return
  for (const { id } of await query<{ id: number }>(USERS_OF, [tenant, ids])) changed.add(`user:${id}`)
}

/** Writes what differs, and adds the values of the request path that it changes to `changed`. */
export async function writeScope(
  target: Target,
  before: ScopeRows,
  after: ScopeRows,
  keys: Keys,
  changed: Set<CacheKey>
) {
  const { query, tenant } = target
  if (!isDeepStrictEqual(before.flags, after.flags)) {
    await writeFlags(target, after.flags)
    changed.add('tenant')
  }
  const onUser = (old: PanelUser | undefined, user: PanelUser | undefined): void => {
    changed.add(`user:${(old ?? user)!.id}`)
  }
  await writeRows(target, ofUsers, before.users, after.users, (user) => userRowOf(tenant, user, keys), onUser)
  await writeResellers(target, before, after, changed)
  if (before.users.has(OWNER_ID) !== after.users.has(OWNER_ID)) changed.add('tenant')
  const onToken = (...states: (Omit<TokenRow, 'minted'> | undefined)[]): void => {
    for (const state of states) if (state) changed.add(`token:${state.token_hash}`)
  }
  await writeRows(target, ofTokens, before.tokens, after.tokens, (row) => row, onToken)
  const revoked = [...after.revoked].filter((hash) => !before.revoked.has(hash))
  if (revoked.length > 0) await query(REVOKE, [tenant, revoked])
  for (const hash of revoked) changed.add(`token:${hash}`)
}

/** AuthStore.change: one transaction on the rows of the scope. */
export async function changeAccounts<T>(
  { database, cache, keys }: { database: PanelDatabase; cache: AccessCache; keys: Keys },
  tenant: number,
  scope: ChangeScope,
  edit: (draft: AuthFile) => T
): Promise<T> {
  const attempt = () =>
    changeAccess({ database, cache }, tenant, async (query, changed) => {
      const { rows, storedSecret } = await loadScope(query, tenant, scope, keys)
      const draft = draftOf(rows)
      // As on a host, a missing secret is minted by the next change.
      draft.jwt_secret ||= mintSecret()
      const result = edit(draft)
      const after = rowsOf(draft, tenant)
      await writeScope({ query, tenant }, rows, after, keys, changed)
      if (after.secret !== rows.secret) {
        if (!(await replaceSecret(query, storedSecret, after.secret, keys))) throw new SecretReplaced()
        changed.add('secret')
      }
      return result
    })
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof SecretReplaced)) throw error
    }
  }
}
