import { OWNER_ID } from '../../lib/auth/accounts.ts'
import { userIdOf } from '../../lib/auth/api-token-list.ts'
import { nameKeyOf } from '../../lib/auth/typed-text.ts'
import type { HostAuthStore } from '../../lib/storage/auth-store.ts'
import type { ChangeScope } from '../../lib/storage/stores/auth.ts'
import type { AuthFile } from '../../schemas/auth/auth-file.ts'

type Rows = Required<Pick<AuthFile, 'users' | 'api_tokens' | 'revoked_tokens' | 'resellers'>>

const rowsOf = ({ users = [], api_tokens = [], revoked_tokens = [], resellers = [] }: AuthFile): Rows =>
  structuredClone({ users, api_tokens, revoked_tokens, resellers })

/** The rows that a panel would load for a scope. */
function rowsIn(file: AuthFile, scope: ChangeScope): Rows {
  const { users: all, api_tokens: tokens, revoked_tokens: revoked, resellers } = rowsOf(file)
  const named = tokens.filter((entry) => entry.id === scope.apiToken || userIdOf(entry) === scope.apiTokensOf)
  const ids = new Set(scope.accounts)
  for (const entry of named) if (entry.id === scope.apiToken) ids.add(userIdOf(entry))
  const nameKey = scope.username === undefined ? null : nameKeyOf(scope.username)
  const users = all.filter(
    ({ id, username, reseller_id }) =>
      ids.has(id) || nameKeyOf(username) === nameKey || (reseller_id ?? 0) === scope.accountsOf
  )
  const { resellers: wanted = [] } = scope
  const resellerIds = new Set(users.map(({ reseller_id }) => reseller_id))
  return {
    users,
    resellers: resellers.filter(({ id }) => wanted === 'all' || wanted.includes(id) || resellerIds.has(id)),
    api_tokens: named,
    revoked_tokens: revoked.filter((hash) => named.some((entry) => entry.token_hash === hash))
  }
}

/** `all` after its part `before` became `after`. */
function merge<T>(all: readonly T[], before: readonly T[], after: readonly T[], keyOf: (row: T) => unknown): T[] {
  const edited = new Map(after.map((row) => [keyOf(row), row]))
  const loaded = new Set(before.map(keyOf))
  const known = new Set(all.map(keyOf))
  const kept = all.filter((row) => !loaded.has(keyOf(row)) || edited.has(keyOf(row)))
  return [...kept.map((row) => edited.get(keyOf(row)) ?? row), ...after.filter((row) => !known.has(keyOf(row)))]
}

const ownerOf = ({ username, password_hash, totp_secret, allowed_ips, display_name, last_totp_counter }: AuthFile) =>
  JSON.stringify([username, password_hash, totp_secret, allowed_ips, display_name, last_totp_counter])

/** Makes every change of a daemon work on the draft of its scope alone, as a panel's does. */
export function scopeChanges(store: HostAuthStore): void {
  const scoped =
    (apply: HostAuthStore['change']): HostAuthStore['change'] =>
    (scope, edit) =>
      apply(scope, (file) => {
        const owner = ownerOf(file)
        const all = rowsOf(file)
        const before = rowsIn(file, scope)
        Object.assign(file, structuredClone(before))
        const result = edit(file)
        const after = rowsOf(file)
        if (!scope.accounts?.includes(OWNER_ID) && ownerOf(file) !== owner) throw new Error('the owner is out of scope')
        file.users = merge(all.users, before.users, after.users, ({ id }) => id)
        file.resellers = merge(all.resellers, before.resellers, after.resellers, ({ id }) => id)
        file.api_tokens = merge(all.api_tokens, before.api_tokens, after.api_tokens, ({ id }) => id)
        file.revoked_tokens = merge(all.revoked_tokens, before.revoked_tokens, after.revoked_tokens, (hash) => hash)
        return result
      })
  store.change = scoped(store.change)
  store.changeSoon = scoped(store.changeSoon)
}
