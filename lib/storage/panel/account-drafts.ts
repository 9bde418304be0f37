import type { ApiTokenEntry, AuthFile, ResellerEntry } from '../../../schemas/auth/auth-file.ts'
import { OWNER_ID, recordOf } from '../../auth/accounts.ts'
import { nameKeyOf } from '../../auth/typed-text.ts'
import { StorageError } from '../storage-error.ts'
import type { ChangeScope } from '../stores/auth.ts'
import type { TenantRow } from './access-loader.ts'
import type { Query } from './database.ts'
import type { Keys } from './encryption.ts'
import { isId, isText } from './searchable.ts'
import { findSecret, readSecret } from './signing-secret.ts'
import { type TokenRow, tokenOf, tokenRowOf } from './token-rows.ts'
import {
  ownerEntryOf,
  type PanelUser,
  panelUserOf,
  type ResellerRow,
  readUser,
  resellerOf,
  type UserRow
} from './user-rows.ts'

// Changes of one tenant wait for each other. New rows that refer to the tenant, such as sessions, do not wait.
const LOCK_TENANT = 'SELECT row_to_json(t) AS row FROM tenants t WHERE id = $1 FOR NO KEY UPDATE'
const USERS = `SELECT row_to_json(u) AS row FROM users u WHERE tenant_id = $1 AND id IN (
    SELECT unnest($2::integer[])
    UNION SELECT id FROM users WHERE tenant_id = $1 AND name_key = $3
    UNION SELECT user_id FROM api_tokens WHERE tenant_id = $1 AND id = $4
    UNION SELECT id FROM users WHERE tenant_id = $1 AND reseller_id = $5)
  ORDER BY id`
const TOKENS = `SELECT row_to_json(a) AS row, r.token_hash IS NOT NULL AS is_revoked
  FROM (SELECT * FROM api_tokens WHERE tenant_id = $1 AND user_id = $2
    UNION SELECT * FROM api_tokens WHERE tenant_id = $1 AND id = $3) a
  LEFT JOIN revoked_tokens r ON r.tenant_id = $1 AND r.token_hash = a.token_hash
  ORDER BY a.minted`

const RESELLERS = `SELECT row_to_json(r) AS row FROM resellers r
  WHERE tenant_id = $1 AND ($2 OR id = ANY ($3::integer[])) ORDER BY id`

export type Flags = Omit<TenantRow, 'id' | 'is_active'>

/** The rows of a scope, in clear and with all defaults, so that they can be compared. */
export interface ScopeRows {
  flags: Flags
  secret: string
  users: Map<number, PanelUser>
  resellers: Map<number, ResellerEntry>
  tokens: Map<string, Omit<TokenRow, 'minted'>>
  revoked: Set<string>
}

const flagsOf = ({ enabled, configured, declined, terminal_without_auth, ...ids }: Flags): Flags => ({
  enabled,
  configured,
  declined,
  terminal_without_auth,
  next_user_id: ids.next_user_id,
  next_reseller_id: ids.next_reseller_id
})

const byKey = <K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V> =>
  new Map(values.map((value) => [keyOf(value), value]))

/** Locks the tenant and reads the rows of a scope; also the stored secret, encrypted. */
export async function loadScope(
  query: Query,
  tenant: number,
  { accounts = [], username, apiTokensOf, apiToken, resellers = [], accountsOf }: ChangeScope,
  keys: Keys
): Promise<{ rows: ScopeRows; storedSecret: string | null }> {
  const [locked] = await query<{ row: TenantRow }>(LOCK_TENANT, [tenant])
  if (locked === undefined) throw new StorageError('PostgreSQL', 'ENOENT', { reason: `there is no tenant ${tenant}` })
  const storedSecret = await findSecret(query)
  const nameKey = username === undefined || !isText(username) ? null : nameKeyOf(username)
  const tokenId = apiToken === undefined || !isText(apiToken) ? null : apiToken
  const ids = [OWNER_ID, ...accounts.filter(isId)]
  const users = await query<{ row: UserRow }>(USERS, [
    tenant,
    ids,
    nameKey,
    tokenId,
    accountsOf !== undefined && isId(accountsOf) ? accountsOf : null
  ])
  const areAllWanted = resellers === 'all'
  const named = [...(areAllWanted ? [] : resellers), ...users.map(({ row }) => row.reseller_id)]
  const resellerIds = named.filter((id) => id !== 0 && isId(id))
  const found =
    areAllWanted || resellerIds.length > 0
      ? await query<{ row: ResellerRow }>(RESELLERS, [tenant, areAllWanted, resellerIds])
      : []
  const hasTokens = apiTokensOf !== undefined || tokenId !== null
  const tokens = hasTokens
    ? await query<{ row: TokenRow; is_revoked: boolean }>(TOKENS, [tenant, apiTokensOf ?? null, tokenId])
    : []
  return {
    storedSecret,
    rows: {
      flags: flagsOf(locked.row),
      secret: readSecret(storedSecret, keys),
      users: byKey(
        users.map(({ row }) => readUser(row, keys)),
        ({ id }) => id
      ),
      resellers: byKey(
        found.map(({ row }) => resellerOf(row)),
        ({ id }) => id
      ),
      tokens: byKey(
        tokens.map(({ row }) => tokenRowOf(tenant, tokenOf(row))),
        ({ id }) => id
      ),
      revoked: new Set(tokens.filter((each) => each.is_revoked).map(({ row }) => row.token_hash))
    }
  }
}

/** The rows in the form of auth.json, for an edit; nothing in it is shared with `rows`. */
export function draftOf({ flags, secret, users, resellers, tokens, revoked }: ScopeRows): AuthFile {
  const { [OWNER_ID]: _, ...others } = Object.fromEntries(users)
  const owner = users.get(OWNER_ID)
  const { id: __, user_type, reseller_id, is_active, permissions, ...ownerRecord } = owner ?? ({} as Partial<PanelUser>)
  return structuredClone({
    ...flags,
    ...ownerRecord,
    ...(secret === '' ? {} : { jwt_secret: secret }),
    users: Object.values(others),
    resellers: [...resellers.values()],
    api_tokens: [...tokens.values()].map((row): ApiTokenEntry => tokenOf(row)),
    revoked_tokens: [...revoked]
  })
}

/** The rows that an edited draft describes. */
export function rowsOf(draft: AuthFile, tenant: number): ScopeRows {
  const owner = recordOf(draft, OWNER_ID)
  const entries = [...(owner ? [ownerEntryOf(owner)] : []), ...(draft.users ?? [])]
  return {
    flags: {
      enabled: draft.enabled ?? true,
      configured: draft.configured ?? false,
      declined: draft.declined ?? false,
      terminal_without_auth: draft.terminal_without_auth ?? false,
      next_user_id: draft.next_user_id ?? 2,
      next_reseller_id: draft.next_reseller_id ?? 1
    },
    secret: draft.jwt_secret ?? '',
    users: byKey(entries.map(panelUserOf), ({ id }) => id),
    resellers: byKey(draft.resellers ?? [], ({ id }) => id),
    tokens: byKey(
      (draft.api_tokens ?? []).map((entry) => tokenRowOf(tenant, entry)),
      ({ id }) => id
    ),
    revoked: new Set(draft.revoked_tokens)
  }
}
