import type { ApiTokenEntry, AuthFile } from '../../../schemas/auth/auth-file.ts'
import { fingerprintOf, OWNER_ID, ownerOf } from '../../auth/accounts.ts'
import { userIdOf } from '../../auth/api-token-list.ts'
import { OPERATOR } from '../../auth/tenants.ts'
import { nameKeyOf } from '../../auth/typed-text.ts'
import type { AccessCache, CacheKey } from './access-cache.ts'
import { writeScope } from './account-changes.ts'
import { loadScope, rowsOf, type ScopeRows } from './account-drafts.ts'
import type { PanelDatabase, Query } from './database.ts'
import type { Keys } from './encryption.ts'
import { replaceSecret } from './signing-secret.ts'

/** Why nothing was imported, as a part of a sentence. */
export class ImportRefusal extends Error {
  override readonly name = 'ImportRefusal'
}

/** What was copied. */
export interface Imported {
  owner: string
  /** Without the owner. */
  users: number
  resellers: number
  tokens: number
  revoked: number
  secondFactors: number
  backupCodes: number
  /** Users whose id was in use, with their new id. */
  newIds: ReadonlyMap<number, number>
  /** Whether the panel took over the secret that the API tokens are signed with. */
  keepsTokens: boolean
}

const IS_NEW = `SELECT NOT EXISTS (SELECT FROM users) AND NOT EXISTS (SELECT FROM sessions)
  AND NOT EXISTS (SELECT FROM api_tokens) AS is_new`
const TAKEN_NAMES = 'SELECT username FROM users WHERE tenant_id = $1 AND name_key = ANY ($2)'
const TAKEN_TOKENS =
  'SELECT id, token_hash FROM api_tokens WHERE tenant_id = $1 AND (id = ANY ($2) OR token_hash = ANY ($3))'
const CLEAR_CODE = 'UPDATE tenants SET setup_code_hash = NULL, setup_code_ends_at = NULL WHERE id = $1'

/** PostgreSQL's class of errors for values that a column cannot hold, such as a text with a NUL character. */
const isUnstorable = (error: unknown): error is Error => /^22/.test((error as { code?: string }).code ?? '')

/**
 * New ids for users whose id the tenant has given out before. An id that was never given out is kept; a lower one could
 * be that of a removed user, whose API tokens must not pass to another.
 */
function findNewIds(ids: readonly number[], nextId: number): { newIds: Map<number, number>; next: number } {
  let next = Math.max(nextId, ...ids.map((id) => id + 1))
  const newIds = new Map<number, number>()
  for (const id of ids) if (id < nextId) newIds.set(id, next++)
  return { newIds, next }
}

async function requireFreeNames(query: Query, tenant: number, names: readonly string[]): Promise<void> {
  const keys = names.map(nameKeyOf)
  const twice = names.find((_, i) => keys.indexOf(keys[i]!) !== i)
  if (twice !== undefined)
    throw new ImportRefusal(`two users of the file have names that look like ${JSON.stringify(twice)}`)
  const [taken] = await query<{ username: string }>(TAKEN_NAMES, [tenant, keys])
  if (taken) throw new ImportRefusal(`there is a user ${JSON.stringify(taken.username)} already`)
}

/** The tokens of a file that the tenant does not have, each with an id of its own. */
async function newTokensOf(query: Query, tenant: number, file: AuthFile): Promise<ApiTokenEntry[]> {
  // As in the daemon, the last of several entries of one token counts.
  const tokens = [...new Map((file.api_tokens ?? []).map((entry) => [entry.token_hash, entry])).values()]
  const [ids, hashes] = [tokens.map(({ id }) => id), tokens.map(({ token_hash: hash }) => hash)]
  const stored = await query<{ id: string; token_hash: string }>(TAKEN_TOKENS, [tenant, ids, hashes])
  const known = new Set(stored.map(({ token_hash: hash }) => hash))
  const taken = new Set(stored.map(({ id }) => id))
  const withOwnId = (entry: ApiTokenEntry): ApiTokenEntry => {
    const id = taken.has(entry.id) ? entry.token_hash : entry.id
    taken.add(id)
    return { ...entry, id }
  }
  return tokens.filter(({ token_hash: hash }) => !known.has(hash)).map(withOwnId)
}

/** The rows that a tenant without an owner gets from a file. */
async function rowsFrom(query: Query, tenant: number, file: AuthFile, before: ScopeRows) {
  const users = file.users ?? []
  await requireFreeNames(query, tenant, [file.username!, ...users.map(({ username }) => username)])
  const { newIds, next } = findNewIds(
    users.map(({ id }) => id),
    before.flags.next_user_id
  )
  const idOf = (id: number): number => newIds.get(id) ?? id
  const resellers = file.resellers ?? []
  const ofResellers = findNewIds(
    resellers.map(({ id }) => id),
    before.flags.next_reseller_id
  )
  const resellerIdOf = (id: number): number => ofResellers.newIds.get(id) ?? id
  const tokens = await newTokensOf(query, tenant, file)
  const signedWith = file.jwt_secret ? fingerprintOf(file.jwt_secret) : 'unknown'
  const draft: AuthFile = {
    ...file,
    // A panel cannot be left without protection.
    ...{ enabled: true, configured: true, declined: false, terminal_without_auth: false },
    // An enrolment that was begun belongs to a session of the host.
    totp_pending: null,
    users: users.map((user) => ({
      ...user,
      id: idOf(user.id),
      ...(user.reseller_id !== undefined && { reseller_id: resellerIdOf(user.reseller_id) }),
      totp_pending: null
    })),
    resellers: resellers.map((reseller) => ({ ...reseller, id: resellerIdOf(reseller.id) })),
    next_reseller_id: Math.max(ofResellers.next, file.next_reseller_id ?? 1),
    // The oldest entries do not name their secret; here another secret may sign.
    api_tokens: tokens.map((entry) => ({
      ...entry,
      user_id: idOf(userIdOf(entry)),
      signed_with: entry.signed_with ?? signedWith
    })),
    next_user_id: Math.max(next, file.next_user_id ?? 2)
  }
  return { rows: rowsOf(draft, tenant), newIds }
}

const summaryOf = ({ users, resellers, tokens, revoked }: ScopeRows) => ({
  users: users.size - 1,
  resellers: resellers.size,
  tokens: tokens.size,
  revoked: revoked.size,
  secondFactors: [...users.values()].filter((user) => user.totp_enabled).length,
  backupCodes: [...users.values()].flatMap((user) => user.backup_codes).filter(({ used }) => !used).length
})

/**
 * Copies a Monitor's auth.json into a tenant without an owner, in one transaction. A panel without any user, session and
 * API token also takes over the file's signing secret, so that the API tokens stay valid: only for the operator, because
 * the tokens name no tenant. Throws ImportRefusal.
 */
export async function importAccounts(
  { database, cache, keys }: { database: PanelDatabase; cache: AccessCache; keys: Keys },
  tenant: number,
  file: AuthFile
): Promise<Imported> {
  const owner = ownerOf(file)
  if (owner === null) throw new ImportRefusal('the file has no owner')
  try {
    return await database.transaction('all', async (query) => {
      const { rows: before, storedSecret } = await loadScope(query, tenant, {}, keys)
      if (before.users.has(OWNER_ID)) throw new ImportRefusal('there is an owner already')
      const [panel] = await query<{ is_new: boolean }>(IS_NEW)
      const { rows, newIds } = await rowsFrom(query, tenant, file, before)
      const changed = new Set<CacheKey>()
      await writeScope({ query, tenant }, before, rows, keys, changed)
      await query(CLEAR_CODE, [tenant])
      const isNew = tenant === OPERATOR && panel!.is_new
      if (isNew && file.jwt_secret) {
        if (!(await replaceSecret(query, storedSecret, file.jwt_secret, keys)))
          throw new ImportRefusal('another program replaced the signing secret meanwhile')
        changed.add('secret')
      }
      await cache.invalidate(query, tenant, [...changed])
      const secret = isNew ? file.jwt_secret || before.secret : before.secret
      return {
        owner: owner.username,
        ...summaryOf(rows),
        newIds,
        keepsTokens: tenant === OPERATOR && secret === file.jwt_secret
      }
    })
  } catch (error) {
    if (isUnstorable(error)) throw new ImportRefusal(`PostgreSQL cannot store a value of the file: ${error.message}`)
    throw error
  }
}
