import { createSigner } from 'fast-jwt'
import type { Scope } from '../../schemas/auth/permission.ts'
import { nameToken } from '../audit/targets.ts'
import { accountsOf, OWNER_ID } from '../auth/accounts.ts'
import { describeToken } from '../auth/api-token-list.ts'
import { createTokenMint, MAX_DAYS, revokeToken } from '../auth/api-tokens.ts'
import type { TokenSigner } from '../auth/tokens.ts'
import { type CommandResult, done, refused } from './result.ts'
import { type CommandStores, requireUser } from './stores.ts'
import { describeTable } from './table.ts'

export interface NewToken {
  name: string
  scope: Scope
  days: number
  /** The owner by default. */
  user: string | undefined
}

/** `tokens create`: the text is the token alone. */
export async function createToken(stores: CommandStores, wish: NewToken): Promise<CommandResult> {
  const { auth, tenant, record } = stores
  const name = wish.name.trim()
  if (name === '' || [...name].length > 64 || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name))
    return refused('tokens create: the name must have 1 to 64 characters, and no control characters')
  if (wish.days > MAX_DAYS) return refused(`tokens create: a token lives at most ${MAX_DAYS} days`)
  const account = wish.user === undefined ? await auth.findAccount(OWNER_ID) : await requireUser(stores, wish.user)
  if (account === null) return refused('tokens create: there is no owner yet; open the dashboard to create the account')
  const sign: TokenSigner = (claims, key) => createSigner({ algorithm: 'HS256', key })({ ...claims, tenant_id: tenant })
  const mint = createTokenMint({ sign, now: Date.now })
  const minted = await auth.change({ accounts: [account.id], apiTokensOf: account.id }, (draft) => {
    const present = accountsOf(draft).find(({ id, isActive }) => id === account.id && isActive)
    return present ? mint(draft, present, { ...wish, name, allowedIps: '' }) : null
  })
  if (minted === null) return refused(`tokens create: the user ${JSON.stringify(account.username)} is disabled`)
  record('tokenMinted', nameToken({ name, user: account.username }))
  const { token, entry } = minted
  const { id, scope, expires_at } = entry
  return done(token, { token, id, name, scope, username: account.username, expires_at })
}

/** `tokens list`: those of every user, newest first; without the tokens themselves. */
export async function listTokens({ auth, tokenUses }: CommandStores): Promise<CommandResult> {
  const all = (await auth.listTokens(null)).toReversed()
  const uses = await tokenUses.findAll(all.map(({ entry }) => entry.token_hash))
  const secret = await auth.secret()
  const tokens = all.map((token) => describeToken(token, secret, uses.get(token.entry.token_hash), Date.now()))
  const rows = tokens.map((token) => [
    token.id,
    token.name,
    token.username ?? '-',
    token.scope,
    token.expires_at,
    token.invalidation_reason ?? 'valid'
  ])
  const text = describeTable(['ID', 'NAME', 'USER', 'SCOPE', 'EXPIRES', 'STATE'], rows)
  return done(tokens.length === 0 ? 'No API tokens.' : text, { tokens })
}

/** `tokens revoke`: from the next request on, in a daemon that runs within a second. */
export async function endToken({ auth, record }: CommandStores, id: string): Promise<CommandResult> {
  const revoked = await revokeToken(auth, OWNER_ID, id)
  if (revoked === null) return refused(`tokens revoke: there is no API token ${JSON.stringify(id)}`)
  if (!revoked.wasGood) return refused(`tokens revoke: the API token ${id} was revoked before`)
  // The command line is another user than the owner.
  const user = revoked.user ?? (await auth.findAccount(OWNER_ID))?.username
  record('tokenRevoked', nameToken({ name: revoked.name, ...(user && { user }) }))
  return done(`The API token ${id} is revoked.`, { id, revoked: true })
}
