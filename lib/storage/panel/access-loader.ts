import type { ApiTokenEntry } from '../../../schemas/auth/auth-file.ts'
import { fingerprintOf } from '../../auth/accounts.ts'
import type { AuthMode } from '../stores/auth.ts'
import type { Session } from '../stores/sessions.ts'
import type { CacheKey } from './access-cache.ts'
import type { PanelDatabase } from './database.ts'
import type { Keys } from './encryption.ts'
import { type SessionRow, sessionOf } from './session-rows.ts'
import { readSecret, SECRET_COLUMN } from './signing-secret.ts'
import { type TokenRow, tokenOf } from './token-rows.ts'
import { type KnownUser, type ResellerRow, readKnownUser, type UserRow } from './user-rows.ts'

/** The signing secret of the panel and its fingerprint. */
export interface SigningSecret {
  secret: string
  revision: string
}

/** What every request of a tenant needs. */
export interface TenantState {
  mode: AuthMode
  /** Without an owner no account of the tenant is valid. */
  hasOwner: boolean
  terminalWithoutAuth: boolean
}

/** The facts about the hash of a token. */
export interface TokenState {
  entry: ApiTokenEntry | null
  isRevoked: boolean
}

/** A row of `tenants` as JSON. */
export interface TenantRow {
  id: number
  is_active: boolean
  enabled: boolean
  configured: boolean
  declined: boolean
  terminal_without_auth: boolean
  next_user_id: number
  next_reseller_id: number
}

interface FactsRow {
  secret: string | null
  tenant: TenantRow | null
  has_owner: boolean
  session: SessionRow | null
  user: UserRow | null
  reseller: ResellerRow | null
  token: TokenRow | null
  is_revoked: boolean
}

export const OWNER_COLUMN = 'EXISTS (SELECT FROM users o WHERE o.tenant_id = $1 AND o.id = 1) AS has_owner'
const FACTS = `SELECT ${SECRET_COLUMN}, ${OWNER_COLUMN},
  (SELECT row_to_json(t) FROM tenants t WHERE t.id = $1) AS tenant,
  (SELECT row_to_json(s) FROM sessions s WHERE s.tenant_id = $1 AND s.sid = $2) AS session,
  (SELECT row_to_json(u) FROM users u WHERE u.tenant_id = $1 AND u.id = $3) AS user,
  (SELECT row_to_json(r) FROM users u JOIN resellers r ON r.tenant_id = $1 AND r.id = u.reseller_id
    WHERE u.tenant_id = $1 AND u.id = $3) AS reseller,
  (SELECT row_to_json(a) FROM api_tokens a WHERE a.tenant_id = $1 AND a.token_hash = $4) AS token,
  EXISTS (SELECT FROM revoked_tokens r WHERE r.tenant_id = $1 AND r.token_hash = $4) AS is_revoked`

/**
 * A removed or suspended tenant refuses every login and every first launch. A tenant of a panel is never without
 * protection.
 */
export function tenantModeOf(tenant: TenantRow | null, hasOwner: boolean): AuthMode {
  if (tenant === null) return 'unknown'
  if (!tenant.is_active) return 'suspended'
  if (!hasOwner) return 'unconfigured'
  return tenant.enabled ? 'enabled' : 'disabled'
}

const tenantStateOf = ({ tenant, has_owner: hasOwner }: FactsRow): TenantState => ({
  mode: tenantModeOf(tenant, hasOwner),
  hasOwner: tenant !== null && hasOwner,
  terminalWithoutAuth: tenant?.terminal_without_auth === true
})

function signingSecretOf({ secret: stored }: FactsRow, keys: Keys): SigningSecret {
  const secret = readSecret(stored, keys)
  return { secret, revision: fingerprintOf(secret) }
}

const tokenStateOf = ({ token, is_revoked: isRevoked }: FactsRow): TokenState => ({
  entry: token && tokenOf(token),
  isRevoked
})

/** The value of `key`; the type follows from the key. */
function pick(
  row: FactsRow,
  key: CacheKey,
  keys: Keys
): SigningSecret | TenantState | TokenState | Session | KnownUser | null {
  if (key === 'secret') return signingSecretOf(row, keys)
  if (key === 'tenant') return tenantStateOf(row)
  if (key.startsWith('token:')) return tokenStateOf(row)
  if (key.startsWith('session:')) return row.session && sessionOf(row.session)
  return row.user && readKnownUser(row.user, row.reseller, keys)
}

const idIn = (keys: readonly CacheKey[], kind: 'session' | 'user' | 'token'): string | null =>
  keys.find((key) => key.startsWith(`${kind}:`))?.slice(kind.length + 1) ?? null

/** Loads the values of the request path with one statement, at most one of each kind. */
export const createAccessLoader =
  ({ database, keys }: { database: PanelDatabase; keys: Keys }) =>
  (tenant: number) =>
  async (wanted: readonly CacheKey[]): Promise<unknown[]> => {
    const ids = [idIn(wanted, 'session'), idIn(wanted, 'user'), idIn(wanted, 'token')]
    const [row] = await database.query<FactsRow & Record<string, unknown>>(tenant, FACTS, [tenant, ...ids])
    return wanted.map((key) => pick(row!, key, keys))
  }
