import type { ApiTokenEntry } from '../../../schemas/auth/auth-file.ts'
import type { Account } from '../../auth/accounts.ts'
import type { AuthMode } from './auth.ts'
import type { Awaitable } from './awaitable.ts'
import type { Session } from './sessions.ts'

/** The identifiers in a request. The facts of an absent identifier are null. */
export interface AccessQuestion {
  /** The session; its user is the account. */
  sid?: string
  /** The account id, if `sid` is absent. */
  userId?: number
  /** SHA-256 of the token in hex. Without `sid` and `userId`, the account is the token's user, by default the owner. */
  tokenHash?: string
  /** Milliseconds since the epoch. */
  now: number
}

/** A consistent snapshot of all facts that decide whether a request may run. */
export interface AccessFacts {
  /**
   * Changes at least with the signing secret. A token verified under another revision must be verified again.
   */
  revision: number | string
  mode: AuthMode
  terminalWithoutAuth: boolean
  /** Null also after the session has ended. */
  session: Session | null
  account: Account | null
  /** The registered API token with this hash. */
  apiToken: ApiTokenEntry | null
  isRevoked: boolean
}

/** The only read of the request path; a panel answers it with one query. */
export interface AccessStore {
  /** Reflects every change that any replica acknowledged before the call. Throws StorageError. */
  read(question: AccessQuestion): Awaitable<AccessFacts>
}
