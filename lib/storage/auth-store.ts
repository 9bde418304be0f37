import { randomBytes } from 'node:crypto'
import { type ApiTokenEntry, type AuthFile, AuthFileSchema, type ResellerEntry } from '../../schemas/auth/auth-file.ts'
import { type Account, accountsOf, OWNER_ID } from '../auth/accounts.ts'
import { userIdOf } from '../auth/api-token-list.ts'
import { entryFaultsOf } from '../auth/entry-faults.ts'
import { iterationsOf } from '../auth/passwords/derive.ts'
import { findByName } from '../auth/typed-text.ts'
import { readBounded } from './bounded-read.ts'
import type { FileLock } from './file-lock.ts'
import { createDocumentReader, type Document } from './json-document.ts'
import { createJsonFile, type FileState } from './json-file.ts'
import type { AuthMode, AuthStore, RegisteredToken } from './stores/auth.ts'

/** One consistent view of auth.json, held in memory. */
export interface AuthSnapshot {
  /** Increases with every change; results from an older revision are invalid. */
  revision: number
  mode: AuthMode
  fault: string | null
  /** Faults that disable a single entry, each with its path. */
  entryFaults: readonly string[]
  owner: Account | null
  /** All accounts by id. */
  accounts: ReadonlyMap<number, Account>
  /** By ascending id. */
  resellers: readonly ResellerEntry[]
  /** Iterations of the most expensive accepted hash; 0 without one. */
  iterations: number
  /** Registered API tokens by the SHA-256 of the token. */
  tokens: ReadonlyMap<string, ApiTokenEntry>
  secret: string
  revoked: ReadonlySet<string>
  terminalWithoutAuth: boolean
}

/**
 * auth.json as an AuthStore: reads answer at once from the snapshot; a change takes the whole file for any scope.
 */
export interface HostAuthStore extends AuthStore {
  snapshot(): AuthSnapshot
  mode(): AuthMode
  secret(): string
  iterations(): number
  findAccount(id: number): Account | null
  findByName(typed: string): Account | null
  listAccounts(resellerId?: number): Account[]
  listResellers(): ResellerEntry[]
  findReseller(id: number): ResellerEntry | null
  findToken(id: string): RegisteredToken | null
  findByHash(hash: string): { isRegistered: boolean; isRevoked: boolean }
  listTokens(userId: number | null): RegisteredToken[]
  /** A change with the whole file as its scope. */
  update<T>(edit: (draft: AuthFile) => T): Promise<T>
}

export interface AuthStoreOptions {
  path: string
  lock: FileLock
  onFault?: (path: string, fault: string) => void
  /** Called once for each fault that disables a single entry. */
  onEntryFault?: (path: string, fault: string) => void
  onMended?: (path: string) => void
}

/** 48 random bytes, base64url (contract 5). */
export const mintSecret = (): string => randomBytes(48).toString('base64url')

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
  const resellers = new Set<number>()
  for (const [i, { id }] of (file.resellers ?? []).entries()) {
    if (resellers.has(id)) return `/resellers/${i}/id is there twice`
    resellers.add(id)
  }
  return null
}

/** Reads an auth.json once, without a change to the file. Throws the system's error if it cannot be read. */
export async function readAuthFile(path: string): Promise<Document<AuthFile>> {
  const found = await readBounded(path)
  return found.ok ? createDocumentReader(AuthFileSchema, faultOf)(found.data) : found
}

/**
 * Opens auth.json. A missing file is a first launch and is created with a new jwt_secret. All requests are refused while
 * the file cannot be read; it is never overwritten (contract 1).
 * Throws StorageError or LockTimeoutError if a first launch cannot be stored.
 */
export async function openAuthStore(options: AuthStoreOptions): Promise<HostAuthStore> {
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
  const registered = (entry: ApiTokenEntry): RegisteredToken => ({
    entry,
    account: snapshot.accounts.get(userIdOf(entry)) ?? null,
    isRevoked: snapshot.revoked.has(entry.token_hash)
  })
  return {
    snapshot: () => snapshot,
    mode: () => snapshot.mode,
    secret: () => snapshot.secret,
    iterations: () => snapshot.iterations,
    findAccount: (id) => snapshot.accounts.get(id) ?? null,
    findByName: (typed) => findByName(snapshot.accounts.values(), typed),
    listAccounts: (resellerId) =>
      [...snapshot.accounts.values()]
        .filter((account) => resellerId === undefined || account.resellerId === resellerId)
        .toSorted((a, b) => a.id - b.id),
    listResellers: () => [...snapshot.resellers],
    findReseller: (id) => snapshot.resellers.find((reseller) => reseller.id === id) ?? null,
    findToken(id) {
      const entry = [...snapshot.tokens.values()].find((each) => each.id === id)
      return entry ? registered(entry) : null
    },
    findByHash: (hash) => ({ isRegistered: snapshot.tokens.has(hash), isRevoked: snapshot.revoked.has(hash) }),
    listTokens: (userId) =>
      [...snapshot.tokens.values()].filter((entry) => userId === null || userIdOf(entry) === userId).map(registered),
    update,
    change: (_, edit) => update(edit),
    changeSoon: (_, edit) => file.updateSoon(withSecret(edit)),
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
    resellers: (file.resellers ?? []).toSorted((a, b) => a.id - b.id),
    iterations: Math.max(0, ...[...accounts.values()].map((account) => iterationsOf(account.passwordHash))),
    tokens: new Map(file.api_tokens?.map((entry) => [entry.token_hash, entry])),
    secret: file.jwt_secret ?? '',
    revoked: new Set(file.revoked_tokens),
    terminalWithoutAuth: file.terminal_without_auth === true
  }
}
