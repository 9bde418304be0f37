import { createHash, randomBytes } from 'node:crypto'
import { type ApiTokenEntry, type AuthFile, AuthFileSchema } from '../../schemas/auth/auth-file.ts'
import { type Account, accountsOf, OWNER_ID } from '../auth/accounts.ts'
import { entryFaultsOf } from '../auth/entry-faults.ts'
import { ITERATIONS, iterationsOf } from '../auth/passwords/derive.ts'
import { findByName } from '../auth/typed-text.ts'
import type { FileLock } from './file-lock.ts'
import { createJsonFile, type FileState } from './json-file.ts'
import type { StorageError } from './storage-error.ts'

/**
 * Who may come in, as one word:
 * `unconfigured` nobody has decided yet, `declined` the operator chose no protection, `disabled` an owner exists and
 * `enabled: false` was written by hand, `enabled` tokens are asked for, `unreadable` the file cannot be trusted.
 */
export type AuthMode = 'unconfigured' | 'declined' | 'disabled' | 'enabled' | 'unreadable'

/** One consistent view of auth.json, held in memory. */
export interface AuthSnapshot {
  /** Grows with every change: whatever was concluded from an older one is void. */
  revision: number
  mode: AuthMode
  fault: string | null
  /** Faults of one entry each, by their path: the others are not concerned. */
  entryFaults: readonly string[]
  owner: Account | null
  /** Everybody who can log in, by id. */
  accounts: ReadonlyMap<number, Account>
  /** Iterations of the costliest accepted password hash: every attempt costs as much, so that time reveals nothing. */
  iterations: number
  /** Registered API tokens by the SHA-256 of the token. */
  tokens: ReadonlyMap<string, ApiTokenEntry>
  secret: string
  revoked: ReadonlySet<string>
  terminalWithoutAuth: boolean
}

/** The seam a second implementation (PostgreSQL, Redis) takes: a snapshot in memory, changes as promises. */
export interface AuthStore {
  snapshot(): AuthSnapshot
  update<T>(mutate: (draft: AuthFile) => T): Promise<T>
  /** The same for what a login must not wait for: where the disk takes nothing, it holds in memory until it does. */
  updateSoon<T>(mutate: (draft: AuthFile) => T): Promise<T>
  /** Why auth.json cannot be written at present. */
  fault(): StorageError | null
  refresh(): Promise<void>
  close(): Promise<void>
}

export interface AuthStoreOptions {
  path: string
  lock: FileLock
  onFault?: (path: string, fault: string) => void
  /** Called once for each fault that concerns one entry alone. */
  onEntryFault?: (path: string, fault: string) => void
  onMended?: (path: string) => void
}

/** The account of a user name as it was typed. */
export const findAccount = (snapshot: AuthSnapshot, typed: string): Account | null =>
  findByName(snapshot.accounts.values(), typed)

/** 48 random bytes, base64url (contract 5). */
export const mintSecret = (): string => randomBytes(48).toString('base64url')

/** First 16 hex digits of SHA-256 of the secret: an API token's `signed_with`. */
export const fingerprintOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16)

function modeOf(file: AuthFile, owner: Account | null): AuthMode {
  if (owner) return file.enabled === false ? 'disabled' : 'enabled'
  return file.declined === true ? 'declined' : 'unconfigured'
}

function faultOf(file: AuthFile): string | null {
  if (Boolean(file.username) !== Boolean(file.password_hash)) return 'only one of /username and /password_hash is set'
  if (file.totp_enabled && file.password_hash && !file.totp_secret) return '/totp_enabled is true without /totp_secret'
  const ids = new Set<number>()
  const names = new Set([file.username])
  for (const [i, user] of (file.users ?? []).entries()) {
    if (ids.has(user.id)) return `/users/${i}/id is there twice`
    if (names.has(user.username)) return `/users/${i}/username is there twice`
    if (user.totp_enabled && !user.totp_secret) return `/users/${i}/totp_enabled is true without totp_secret`
    ids.add(user.id)
    names.add(user.username)
  }
  return null
}

/**
 * Opens auth.json. A file missing now is a first launch and is created with a fresh jwt_secret; a file that cannot be
 * read closes every door until it is mended, and is never overwritten (contract 1).
 * Throws the system's error when a first launch cannot be stored.
 */
export async function openAuthStore(options: AuthStoreOptions): Promise<AuthStore> {
  const { path, lock, onFault, onEntryFault, onMended } = options
  let snapshot = snapshotOf({ status: 'missing' }, 0)
  const file = createJsonFile({
    path,
    schema: AuthFileSchema,
    checkMeaning: faultOf,
    lock,
    onChange(state) {
      const before = snapshot
      snapshot = snapshotOf(state, before.revision + 1)
      if (snapshot.fault !== null && snapshot.fault !== before.fault) onFault?.(path, snapshot.fault)
      if (snapshot.fault === null && before.fault !== null) onMended?.(path)
      for (const fault of snapshot.entryFaults) if (!before.entryFaults.includes(fault)) onEntryFault?.(path, fault)
    }
  })
  const withSecret =
    <T>(mutate: (draft: AuthFile) => T) =>
    (draft: AuthFile): T => {
      draft.jwt_secret ||= mintSecret()
      return mutate(draft)
    }
  const update = <T>(mutate: (draft: AuthFile) => T): Promise<T> => file.update(withSecret(mutate))

  const state = await file.open()
  if (state.status === 'missing' || (state.status === 'ok' && !state.data.jwt_secret)) {
    await update((draft) => {
      draft.enabled ??= false
      draft.configured ??= false
      draft.declined ??= false
    })
  }
  return {
    snapshot: () => snapshot,
    update,
    updateSoon: (mutate) => file.updateSoon(withSecret(mutate)),
    fault: file.fault,
    refresh: file.refresh,
    close: file.close
  }
}

function snapshotOf(state: FileState<AuthFile>, revision: number): AuthSnapshot {
  const file = state.status === 'ok' ? state.data : {}
  const fault = state.status === 'broken' ? state.fault : null
  const accounts = new Map(fault === null ? accountsOf(file).map((account) => [account.id, account]) : [])
  const owner = accounts.get(OWNER_ID) ?? null
  return {
    revision,
    mode: fault === null ? modeOf(file, owner) : 'unreadable',
    fault,
    entryFaults: entryFaultsOf(file),
    owner,
    accounts,
    iterations: Math.max(ITERATIONS, ...[...accounts.values()].map((account) => iterationsOf(account.passwordHash))),
    tokens: new Map(file.api_tokens?.map((entry) => [entry.token_hash, entry])),
    secret: file.jwt_secret ?? '',
    revoked: new Set(file.revoked_tokens),
    terminalWithoutAuth: file.terminal_without_auth === true
  }
}
