import type { ApiTokenEntry } from '../../../schemas/auth/auth-file.ts'
import type { Account } from '../../auth/accounts.ts'
import type { AuthMode } from './auth.ts'
import type { Awaitable } from './awaitable.ts'
import type { Session } from './sessions.ts'

/** What a request names. Without a field the fact it leads to is null. */
export interface AccessQuestion {
  /** The session; its user is the account. */
  sid?: string
  /** The account, where no session is named. */
  userId?: number
  /** SHA-256 of the token in hex. Its user is the account where neither session nor account is named; by default the owner. */
  tokenHash?: string
  /** Milliseconds since the epoch. */
  now: number
}

/** Everything that decides whether a request may run, read at one moment. */
export interface AccessFacts {
  /**
   * Changes at least with the signing secret. A token that was verified under another revision must be verified again.
   */
  revision: number | string
  mode: AuthMode
  terminalWithoutAuth: boolean
  /** Null also after its end. */
  session: Session | null
  account: Account | null
  /** The registered API token with this hash. */
  apiToken: ApiTokenEntry | null
  isRevoked: boolean
}

/** The one question of the request path: a panel answers it with one query. */
export interface AccessStore {
  /** Sees every change that was acknowledged before the call, by whichever replica. Throws StorageError. */
  read(question: AccessQuestion): Awaitable<AccessFacts>
}
