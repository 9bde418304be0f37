import type { Test } from 'tap'
import { recordOf } from '../../../lib/auth/accounts.ts'
import type { AuthStore } from '../../../lib/storage/stores/auth.ts'
import type { RateLimitStore } from '../../../lib/storage/stores/rate-limits.ts'
import type { Stores as OpenStores } from '../../../lib/storage/stores/stores.ts'
import type { ApiTokenEntry, AuthFile, UserEntry } from '../../../schemas/auth/auth-file.ts'

/** The clocks of the stores, in milliseconds; the test sets them. */
export interface Clocks {
  now: number
  monotonic: number
}

/** The stores of one daemon that the suite tests. */
export interface Stores
  extends Pick<
    OpenStores,
    'auth' | 'access' | 'sessions' | 'lockouts' | 'loginLinks' | 'tokenUses' | 'tickets' | 'settings' | 'audit'
  > {
  rateLimits: RateLimitStore
}

export interface StoreRig<S> {
  clocks: Clocks
  /** Lets time pass that a store measures by a monotonic clock of its own, in milliseconds. */
  pass(ms: number): Promise<void>
  /** How exactly `pass` meets an end, in milliseconds. */
  precisionMs: number
  stores: S
  /** Stops these stores and opens them again on what they stored, as a restart does. */
  reopen(): Promise<S>
}

export const START = Date.UTC(2026, 3, 1)
export const HOUR = 3_600_000
export const PARALLEL = 50
export const OWNER = 1
export const SECRET = 'JBSWY3DPEHPK3PXP'

export const startClocks = (): Clocks => ({ now: START, monotonic: 0 })

export const parallel = <T>(run: (i: number) => T | Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: PARALLEL }, async (_, i) => run(i)))

export const count = <T>(results: readonly T[], wanted: T): number => results.filter((each) => each === wanted).length

export const userEntry = (id: number, username: string): UserEntry => ({
  id,
  username,
  password_hash: 'pbkdf2_sha256$1000$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==',
  user_type: 'customer',
  is_active: true,
  permissions: ['system.view']
})

export const tokenEntry = (id: string, userId: number): ApiTokenEntry => ({
  id,
  name: id,
  token_hash: id.padEnd(64, 'e'),
  token_prefix: '...abcd',
  created_at: new Date(START).toISOString(),
  expires_at: new Date(START + 24 * HOUR).toISOString(),
  user_id: userId
})

export const createOwner = (auth: AuthStore) =>
  auth.change({ accounts: [OWNER], username: 'admin' }, (draft) => {
    const { password_hash } = userEntry(OWNER, 'admin')
    Object.assign(draft, { enabled: true, configured: true, declined: false, username: 'admin', password_hash })
  })

export const createUser = (auth: AuthStore, id: number, username: string, more: Partial<UserEntry> = {}) =>
  auth.change({ accounts: [id], username }, (draft) => {
    draft.users = [...(draft.users ?? []), { ...userEntry(id, username), ...more }]
    draft.next_user_id = id + 1
  })

export const createReseller = (auth: AuthStore, id: number, name: string) =>
  auth.change({ resellers: 'all' }, (draft) => {
    draft.resellers = [...(draft.resellers ?? []), { id, name, balance: 0, is_active: true }]
    draft.next_reseller_id = id + 1
  })

export const createToken = (auth: AuthStore, id: string, userId: number) =>
  auth.change({ accounts: [userId], apiTokensOf: userId }, (draft) => {
    draft.api_tokens = [...(draft.api_tokens ?? []), tokenEntry(id, userId)]
  })

export const revokeToken = (auth: AuthStore, id: string) =>
  auth.change({ apiToken: id }, (draft) => {
    draft.revoked_tokens = [...(draft.revoked_tokens ?? []), tokenEntry(id, OWNER).token_hash]
  })

export const newSession = (userId: number, credential = 'c', address = '192.0.2.1') => ({
  userId,
  credential,
  amr: ['pwd'],
  address,
  userAgent: 'x'.repeat(900),
  createdAt: START,
  confirmedAt: 0,
  expiresAt: START + HOUR
})

export const useStep = (step: number) => (draft: AuthFile) => {
  const record = recordOf(draft, OWNER)!
  if (step <= (record.last_totp_counter ?? -1)) return false
  record.last_totp_counter = step
  return true
}

export const useBackupCode = (draft: AuthFile) => {
  const entry = recordOf(draft, OWNER)!.backup_codes!.find(({ used }) => !used)
  if (!entry) return false
  entry.used = true
  return true
}

export const increment = (store: RateLimitStore, key: string, windowMs = 60_000) =>
  new Promise<{ current: number; ttl: number }>((resolve, reject) =>
    store.incr(key, (error, result) => (error ? reject(error) : resolve(result!)), windowMs)
  )

/** Runs one test on a set of stores of its own, all empty. */
export type StoreTest<S> = (name: string, run: (t: Test, rig: StoreRig<S>) => Promise<void>) => void
