import type { ApiTokenEntry } from '../../../schemas/auth/auth-file.ts'
import { userIdOf } from '../../auth/api-token-list.ts'

/** A row of `api_tokens` as JSON. */
export interface TokenRow {
  tenant_id: number
  id: string
  user_id: number
  name: string
  token_hash: string
  token_prefix: string
  created_at: string
  expires_at: string
  signed_with: string | null
  scope: ApiTokenEntry['scope'] | null
  allowed_ips: string | null
  ends_at: string | null
}

export const TOKEN_COLUMNS = [
  ...['tenant_id', 'id', 'user_id', 'name', 'token_hash', 'token_prefix', 'created_at', 'expires_at', 'signed_with'],
  ...['scope', 'allowed_ips', 'ends_at']
]

export const tokenOf = (row: TokenRow): ApiTokenEntry => ({
  id: row.id,
  name: row.name,
  token_hash: row.token_hash,
  token_prefix: row.token_prefix,
  created_at: row.created_at,
  expires_at: row.expires_at,
  user_id: row.user_id,
  ...(row.signed_with === null ? {} : { signed_with: row.signed_with }),
  ...(row.scope == null ? {} : { scope: row.scope }),
  ...(row.allowed_ips === null ? {} : { allowed_ips: row.allowed_ips }),
  ...(row.ends_at === null ? {} : { ends_at: row.ends_at })
})

export const tokenRowOf = (tenant: number, entry: ApiTokenEntry): TokenRow => ({
  tenant_id: tenant,
  id: entry.id,
  user_id: userIdOf(entry),
  name: entry.name,
  token_hash: entry.token_hash,
  token_prefix: entry.token_prefix,
  created_at: entry.created_at,
  expires_at: entry.expires_at,
  signed_with: entry.signed_with ?? null,
  scope: entry.scope ?? null,
  allowed_ips: entry.allowed_ips ?? null,
  ends_at: entry.ends_at ?? null
})
