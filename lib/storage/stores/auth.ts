import type { ApiTokenEntry, AuthFile, ResellerEntry } from '../../../schemas/auth/auth-file.ts'
import type { Account } from '../../auth/accounts.ts'
import type { StorageError } from '../storage-error.ts'
import type { Awaitable } from './awaitable.ts'

/**
 * The state of authentication. `unconfigured`: the first launch is open. `declined`: the operator chose no protection.
 * `disabled`: an owner exists and `enabled: false` was written by hand. `enabled`: tokens are required. `unreadable`:
 * the store cannot be read and all requests are refused. In a panel also `suspended`: the operator suspended the tenant;
 * and `unknown`: there is no such tenant any more.
 */
export type AuthMode = 'unconfigured' | 'declined' | 'disabled' | 'enabled' | 'unreadable' | 'suspended' | 'unknown'

/** An API token and the facts that decide whether it is valid. */
export interface RegisteredToken {
  entry: ApiTokenEntry
  /** Its user; null after their removal. */
  account: Account | null
  isRevoked: boolean
}

/**
 * The users, API tokens and resellers that a change reads or writes: a panel locks these rows, and the draft holds no others. The
 * owner, the flags of the first launch, `terminal_without_auth`, `jwt_secret`, `next_user_id` and `next_reseller_id` are
 * always in the draft, and so are the resellers of its users; the owner may be changed only where the scope names them.
 */
export interface ChangeScope {
  /** Account ids; an account that does not exist is absent from the draft. */
  accounts?: readonly number[]
  /** Accounts whose user name looks like this one (`nameKeyOf`). */
  username?: string
  /** The API tokens of this user, and which of them are revoked. */
  apiTokensOf?: number
  /** One API token by its id, whether it is revoked, and the account of its user. */
  apiToken?: string
  /** Resellers by id, or all of them. */
  resellers?: readonly number[] | 'all'
  /** The accounts of a reseller. */
  accountsOf?: number
}

/** Accounts, API tokens, revocations and the signing secret. Every method throws StorageError where it cannot answer. */
export interface AuthStore {
  mode(): Awaitable<AuthMode>
  /** The signing secret; empty if it is missing, and then no token can be signed or verified. */
  secret(): Awaitable<string>
  /** Iterations of the most expensive password hash; 0 without one. Every attempt takes as long: timing reveals nothing. */
  iterations(): Awaitable<number>
  findAccount(id: number): Awaitable<Account | null>
  /** By the user name as it was typed (`findByName`). */
  findByName(typed: string): Awaitable<Account | null>
  /** By ascending id: all accounts, or those of a reseller. */
  listAccounts(resellerId?: number): Awaitable<Account[]>
  /** By ascending id. */
  listResellers(): Awaitable<ResellerEntry[]>
  findReseller(id: number): Awaitable<ResellerEntry | null>
  findToken(id: string): Awaitable<RegisteredToken | null>
  /** By SHA-256 in hex: whether the token is registered, and whether it is revoked. */
  findByHash(hash: string): Awaitable<{ isRegistered: boolean; isRevoked: boolean }>
  /** The API tokens of one user, or of all users with null; the oldest first. */
  listTokens(userId: number | null): Awaitable<RegisteredToken[]>
  /**
   * One transaction: `edit` changes the present state of the scope. It may run again if the state changed meanwhile, so
   * it must have no side effects. Resolves with its result once the change is durable; every later read sees it. If
   * `edit` throws, nothing changes.
   */
  change<T>(scope: ChangeScope, edit: (draft: AuthFile) => T): Promise<T>
  /**
   * Like `change`, for a code that a login uses up. On a full disk a host keeps the change in memory until it can be
   * written, so that users can still log in. Exactly one of several concurrent uses of a code succeeds.
   */
  changeSoon<T>(scope: ChangeScope, edit: (draft: AuthFile) => T): Promise<T>
  /** Why the store cannot be written at present; null if it can. */
  fault(): StorageError | null
  /** Reads what other programs changed in a file; a database is always read. */
  refresh(): Promise<void>
  close(): Promise<void>
}
