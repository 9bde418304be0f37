import { randomUUID } from 'node:crypto'
import type { ApiTokenEntry, AuthFile } from '../../schemas/auth/auth-file.ts'
import type { Scope } from '../../schemas/auth/permission.ts'
import { normaliseAllowList } from '../net/address.ts'
import type { AuthStore, ChangeScope } from '../storage/stores/auth.ts'
import type { TokenUseStore } from '../storage/stores/token-uses.ts'
import { type Account, accountsOf, fingerprintOf, OWNER_ID } from './accounts.ts'
import { describeToken, hasPassed, isVisibleTo, userIdOf } from './api-token-list.ts'
import type { CredentialRefusal, VerifyCredentials } from './credential-check.ts'
import { apiTokenClaims, type TokenSigner, tokenHash } from './tokens.ts'

const DAY_MS = 86_400_000
export const MAX_DAYS = 365
/** How long a token stays valid after its rotation. */
const OVERLAP_MS = DAY_MS

/** The caller's credentials. Minting requires a code even in a session that passed the second factor (contract 6). */
export interface TokenProof {
  account: Account
  address: string
  password: string
  code: string | undefined
}

export interface TokenWish {
  name: string
  scope: Scope
  /** Whole days, 1 to 365. */
  days: number
  /** Networks that may use the token, separated by commas; empty for all. */
  allowedIps: string
}

export interface MintedToken {
  ok: true
  /** Shown only once: the file stores its hash. */
  token: string
  days: number
  entry: ApiTokenEntry
}

export interface RotatedToken extends MintedToken {
  /** The old token, and when it ends. */
  replaces: { id: string; ends_at: string }
}

export type TokenRefusal = { ok: false; code: 'NOT_FOUND' | 'PERMISSION' | 'CONFLICT' | 'VALIDATION'; reason: string }

export interface ApiTokensOptions {
  store: AuthStore
  verifyCredentials: VerifyCredentials
  uses: TokenUseStore
  sign: TokenSigner
  now: () => number
}

const refuse = (code: TokenRefusal['code'], reason: string): TokenRefusal => ({ ok: false, code, reason })
const notFound = refuse('NOT_FOUND', 'there is no such API token')

/** The lifetime of a token in days; 365 for an entry without valid times. */
function daysOf(entry: ApiTokenEntry): number {
  const days = Math.round((Date.parse(entry.expires_at) - Date.parse(entry.created_at)) / DAY_MS)
  return days >= 1 && days <= MAX_DAYS ? days : MAX_DAYS
}

/**
 * Adds a new token to a draft. It is signed inside the update, so that `signed_with` matches the secret in the file. The
 * caller has checked who asks, and normalised `allowedIps`.
 */
export const createTokenMint =
  ({ sign, now }: Pick<ApiTokensOptions, 'sign' | 'now'>) =>
  (draft: AuthFile, account: Account, wish: TokenWish): MintedToken => {
    const issuedAt = now()
    const secret = draft.jwt_secret ?? ''
    const { name, scope, days, allowedIps } = wish
    const claims = apiTokenClaims({ account, name, scope, days, issuedAt, jti: randomUUID() })
    const token = sign(claims, secret)
    const hash = tokenHash(token)
    const entry: ApiTokenEntry = {
      id: hash.slice(0, 16),
      name,
      token_hash: hash,
      token_prefix: `...${token.slice(-4)}`,
      created_at: new Date(issuedAt).toISOString(),
      expires_at: new Date(claims.exp * 1000).toISOString(),
      signed_with: fingerprintOf(secret),
      user_id: account.id,
      scope,
      ...(allowedIps === '' ? {} : { allowed_ips: allowedIps })
    }
    // Revoked and rotated tokens stay listed until they would have expired: only the entry holds a rotation's end.
    const ended = (old: ApiTokenEntry) => old.ends_at !== undefined || draft.revoked_tokens?.includes(old.token_hash)
    const kept = draft.api_tokens?.filter((old) => !hasPassed(old.expires_at, issuedAt) || !ended(old))
    draft.api_tokens = [...(kept ?? []), entry]
    return { ok: true, token, days, entry }
  }

/**
 * Revokes a token from the next request on. `wasGood` is false if it was already revoked; `user` is the name of
 * its user if that is not the caller. Null for a token that the caller cannot see. Throws as AuthStore.change does.
 */
export const revokeToken = (
  store: AuthStore,
  callerId: number,
  id: string
): Promise<{ wasGood: boolean; name: string; user?: string } | null> =>
  store.change({ apiToken: id }, (draft) => {
    const entry = draft.api_tokens?.find((each) => each.id === id && isVisibleTo(each, callerId))
    if (!entry) return null
    const revoked = draft.revoked_tokens ?? []
    const wasGood = !revoked.includes(entry.token_hash)
    if (wasGood) draft.revoked_tokens = [...revoked, entry.token_hash]
    const { name } = entry
    const userId = userIdOf(entry)
    if (userId === callerId) return { wasGood, name }
    return { wasGood, name, user: accountsOf(draft).find((each) => each.id === userId)?.username ?? '' }
  })

/** Long-lived tokens for integrations, in `api_tokens[]` of auth.json. Each change is one read-modify-write. */
export function createApiTokens({ store, verifyCredentials, uses, sign, now }: ApiTokensOptions) {
  const checkAgain = ({ account, address, password, code }: TokenProof) =>
    verifyCredentials({ account, username: account.username, address, password, code, secondFactor: 'needed' })

  const add = createTokenMint({ sign, now })

  /** The account's present state; null if it changed since its credentials were checked. */
  const currentAccount = (draft: AuthFile, { id }: Account, credential: string): Account | null =>
    accountsOf(draft).find((account) => account.id === id && account.isActive && account.credential === credential) ??
    null
  const scopeOf = ({ id }: Account): ChangeScope => ({ accounts: [id], apiTokensOf: id })
  const accountChanged = refuse('CONFLICT', 'your account has changed meanwhile; log in again')

  /** Why `account` may not rotate this token, or null. */
  const rotationFault = (
    entry: ApiTokenEntry | undefined,
    account: Account,
    isRevoked: (hash: string) => boolean
  ): TokenRefusal | null => {
    if (!entry || !isVisibleTo(entry, account.id)) return notFound
    if (userIdOf(entry) !== account.id) return refuse('PERMISSION', 'only its user rotates an API token')
    if (isRevoked(entry.token_hash)) return refuse('CONFLICT', 'this API token is revoked')
    if (entry.ends_at !== undefined) return refuse('CONFLICT', 'this API token has been rotated already')
    return hasPassed(entry.expires_at, now()) ? refuse('CONFLICT', 'this API token has expired') : null
  }

  return {
    /**
     * Mints a token that acts with its user's permissions at the time of each use. Resolves once it is on disk.
     * Throws HasherBusyError and the errors of AuthStore.change.
     */
    async mint(proof: TokenProof, wish: TokenWish): Promise<MintedToken | CredentialRefusal | TokenRefusal> {
      let allowedIps: string
      try {
        allowedIps = normaliseAllowList(wish.allowedIps)
      } catch (error) {
        return refuse('VALIDATION', `allowed_ips: ${(error as Error).message}`)
      }
      const checked = await checkAgain(proof)
      if (!checked.ok) return checked
      return store.change(scopeOf(proof.account), (draft) => {
        const account = currentAccount(draft, proof.account, checked.credential)
        return account ? add(draft, account, { ...wish, allowedIps }) : accountChanged
      })
    },

    /** The tokens that the account may see, newest first. */
    async list(account: Account, { withRevoked }: { withRevoked: boolean }) {
      const all = await store.listTokens(account.id === OWNER_ID ? null : account.id)
      const visible = withRevoked ? all : all.filter(({ isRevoked }) => !isRevoked)
      const lastUses = await uses.findAll(visible.map(({ entry }) => entry.token_hash))
      const secret = await store.secret()
      const at = now()
      return visible.toReversed().map((token) => describeToken(token, secret, lastUses.get(token.entry.token_hash), at))
    },

    /** See revokeToken. */
    revoke: ({ id }: Account, tokenId: string) => revokeToken(store, id, tokenId),

    /**
     * Mints a successor with the same name, scope, networks and lifetime. The old token stays valid for 24 h, so an
     * integration can switch without a gap. Throws as `mint` does.
     */
    async rotate(proof: TokenProof, id: string): Promise<RotatedToken | CredentialRefusal | TokenRefusal> {
      const known = await store.findToken(id)
      // Checked before the credentials: a request that must fail should not use up a code.
      const earlyFault = rotationFault(known?.entry, proof.account, () => known?.isRevoked === true)
      if (earlyFault) return earlyFault
      const checked = await checkAgain(proof)
      if (!checked.ok) return checked
      return store.change(scopeOf(proof.account), (draft): RotatedToken | TokenRefusal => {
        const account = currentAccount(draft, proof.account, checked.credential)
        if (!account) return accountChanged
        const old = draft.api_tokens?.find((entry) => entry.id === id)
        const fault = rotationFault(old, account, (hash) => draft.revoked_tokens?.includes(hash) ?? false)
        if (fault || !old) return fault ?? notFound
        const endsAt = new Date(now() + OVERLAP_MS).toISOString()
        old.ends_at = endsAt
        const { name, scope = 'full_admin', allowed_ips: allowedIps = '' } = old
        const minted = add(draft, account, { name, scope, days: daysOf(old), allowedIps })
        return { ...minted, replaces: { id, ends_at: endsAt } }
      })
    }
  }
}
export type ApiTokens = ReturnType<typeof createApiTokens>

/** The answer for a new token: the Monitor's fields, then the additional fields (contract 7). */
export const describeMinted = ({ token, days, entry }: MintedToken) => ({
  success: true as const,
  token,
  token_name: entry.name,
  expires_in: days === 1 ? '1 day' : `${days} days`,
  id: entry.id,
  scope: entry.scope!,
  expires_at: entry.expires_at,
  ...(entry.allowed_ips === undefined ? {} : { allowed_ips: entry.allowed_ips })
})
