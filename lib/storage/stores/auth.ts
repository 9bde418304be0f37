import type { ApiTokenEntry, AuthFile } from '../../../schemas/auth/auth-file.ts'
import type { Account } from '../../auth/accounts.ts'
import type { StorageError } from '../storage-error.ts'
import type { Awaitable } from './awaitable.ts'

/**
 * Who may come in:
 * `unconfigured` the first launch is open, `declined` the operator chose no protection, `disabled` an owner exists and
 * `enabled: false` was written by hand, `enabled` tokens are required, `unreadable` the store cannot be trusted.
 */
export type AuthMode = 'unconfigured' | 'declined' | 'disabled' | 'enabled' | 'unreadable'

/** An API token with what decides whether it is still valid. */
export interface RegisteredToken {
  entry: ApiTokenEntry
  /** Its user; null after their removal. */
  account: Account | null
  isRevoked: boolean
}

/**
 * The users and API tokens that a change reads or writes: a panel locks these rows, and the draft holds no others. The
 * owner, the flags of the first launch, `terminal_without_auth`, `jwt_secret` and `next_user_id` are always in the draft;
 * the owner may be changed only where the scope names them.
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
}

/** Accounts, API tokens, revocations and the signing secret. Every method throws StorageError where it cannot answer. */
export interface AuthStore {
  mode(): Awaitable<AuthMode>
  /** Empty where it is missing: nothing can be signed or verified then. */
  secret(): Awaitable<string>
  /** Iterations of the costliest password hash: every attempt costs as much, so that time reveals nothing. */
  iterations(): Awaitable<number>
  findAccount(id: number): Awaitable<Account | null>
  /** By the user name as it was typed (`findByName`). */
  findByName(typed: string): Awaitable<Account | null>
  /** By ascending id. */
  listAccounts(): Awaitable<Account[]>
  findToken(id: string): Awaitable<RegisteredToken | null>
  /** By SHA-256 in hex: whether the token is registered, and whether it is revoked. */
  findByHash(hash: string): Awaitable<{ isRegistered: boolean; isRevoked: boolean }>
  /** The API tokens of one user, or of all users with null; the oldest first. */
  listTokens(userId: number | null): Awaitable<RegisteredToken[]>
  /**
   * One transaction: `edit` gets the present state of the scope and changes it. It may run again where the state changed
   * meanwhile, so it has no side effects. Resolves with its result when the change is durable, and every later read sees
   * it. What `edit` throws leaves everything as it was.
   */
  change<T>(scope: ChangeScope, edit: (draft: AuthFile) => T): Promise<T>
  /**
   * The same for a code that a login uses up. Where the disk is full, a host keeps the change in memory until it can be
   * written, so that the owner can still log in. Exactly one of several parallel uses of the same code may win.
   */
  changeSoon<T>(scope: ChangeScope, edit: (draft: AuthFile) => T): Promise<T>
  /** Why nothing can be written at present; null when writing works. */
  fault(): StorageError | null
  close(): Promise<void>
}
