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
const MAX_DAYS = 365
/** How long a token goes on after its rotation. */
const OVERLAP_MS = DAY_MS

/** Who asks, and what proves it: minting asks for the code, too, also where the session has passed it (contract 6). */
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
  /** Networks it may be used from, separated by commas; empty for all. */
  allowedIps: string
}

export interface MintedToken {
  ok: true
  /** Said this once: only its hash is kept. */
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

/** The days a token was minted for; an entry that does not say so gets the Monitor's own 365. */
function daysOf(entry: ApiTokenEntry): number {
  const days = Math.round((Date.parse(entry.expires_at) - Date.parse(entry.created_at)) / DAY_MS)
  return days >= 1 && days <= MAX_DAYS ? days : MAX_DAYS
}

/** Long-lived tokens for integrations, in `api_tokens[]` of auth.json. Each change is one read-modify-write. */
export function createApiTokens({ store, verifyCredentials, uses, sign, now }: ApiTokensOptions) {
  const proveAgain = ({ account, address, password, code }: TokenProof) =>
    verifyCredentials({ account, username: account.username, address, password, code, secondFactor: 'needed' })

  // Signed inside the update, under the secret the file has then: `signed_with` cannot be another's.
  const add = (draft: AuthFile, account: Account, wish: TokenWish): MintedToken => {
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
    // What was ended stays for as long as it would have lived; the end of a rotation stands nowhere but in its entry.
    const ended = (old: ApiTokenEntry) => old.ends_at !== undefined || draft.revoked_tokens?.includes(old.token_hash)
    const kept = draft.api_tokens?.filter((old) => !hasPassed(old.expires_at, issuedAt) || !ended(old))
    draft.api_tokens = [...(kept ?? []), entry]
    return { ok: true, token, days, entry }
  }

  /** The account as the file has it now; null when it is not the one that has proved itself any more. */
  const provenIn = (draft: AuthFile, { id }: Account, credential: string): Account | null =>
    accountsOf(draft).find((account) => account.id === id && account.isActive && account.credential === credential) ??
    null
  const scopeOf = ({ id }: Account): ChangeScope => ({ accounts: [id], apiTokensOf: id })
  const gone = refuse('CONFLICT', 'your account has changed meanwhile; log in again')

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
     * Mints a token that acts with its user's permissions as they are at each use. Resolves when it is on disk.
     * Throws HasherBusyError, and what AuthStore.change throws.
     */
    async mint(proof: TokenProof, wish: TokenWish): Promise<MintedToken | CredentialRefusal | TokenRefusal> {
      let allowedIps: string
      try {
        allowedIps = normaliseAllowList(wish.allowedIps)
      } catch (error) {
        return refuse('VALIDATION', `allowed_ips: ${(error as Error).message}`)
      }
      const proven = await proveAgain(proof)
      if (!proven.ok) return proven
      return store.change(scopeOf(proof.account), (draft) => {
        const account = provenIn(draft, proof.account, proven.credential)
        return account ? add(draft, account, { ...wish, allowedIps }) : gone
      })
    },

    /** What the account may see, the newest first. */
    async list(account: Account) {
      const visible = await store.listTokens(account.id === OWNER_ID ? null : account.id)
      const lastUses = await uses.findAll(visible.map(({ entry }) => entry.token_hash))
      const secret = await store.secret()
      const at = now()
      return visible.toReversed().map((token) => describeToken(token, secret, lastUses.get(token.entry.token_hash), at))
    },

    /**
     * Ends a token with the next request. `wasGood` is false when it had been revoked before; `target` is its user where
     * that is another. Null for a token the account cannot see. Throws what AuthStore.change throws.
     */
    revoke: (account: Account, id: string): Promise<{ wasGood: boolean; target?: string } | null> =>
      store.change({ apiToken: id }, (draft) => {
        const entry = draft.api_tokens?.find((each) => each.id === id && isVisibleTo(each, account.id))
        if (!entry) return null
        const revoked = draft.revoked_tokens ?? []
        const wasGood = !revoked.includes(entry.token_hash)
        if (wasGood) draft.revoked_tokens = [...revoked, entry.token_hash]
        const userId = userIdOf(entry)
        if (userId === account.id) return { wasGood }
        return { wasGood, target: accountsOf(draft).find((each) => each.id === userId)?.username ?? '' }
      }),

    /**
     * Mints a successor of the same name, scope, networks and lifetime; the old token lives for 24 h more, so that an
     * integration can be changed over without a gap. Throws as `mint` does.
     */
    async rotate(proof: TokenProof, id: string): Promise<RotatedToken | CredentialRefusal | TokenRefusal> {
      const known = await store.findToken(id)
      // Before the proof: a code is good once, and not to be spent on what cannot be.
      const early = rotationFault(known?.entry, proof.account, () => known?.isRevoked === true)
      if (early) return early
      const proven = await proveAgain(proof)
      if (!proven.ok) return proven
      return store.change(scopeOf(proof.account), (draft): RotatedToken | TokenRefusal => {
        const account = provenIn(draft, proof.account, proven.credential)
        if (!account) return gone
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

/** A new token as its user sees it: the Monitor's fields, then ours (contract 7). */
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
