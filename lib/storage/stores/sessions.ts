import type { Awaitable } from './awaitable.ts'

/** A session. Times are milliseconds since the epoch. */
export interface Session {
  sid: string
  userId: number
  /** The account's fingerprint at login (see credentialOf). */
  credential: string
  amr: string[]
  address: string
  userAgent: string
  createdAt: number
  expiresAt: number
  lastUsedAt: number
  /** The user had logged in before, but never from this address. */
  unusual: boolean
  /** When the user last gave their password, and code where one was on; 0 for never. A restart may forget it. */
  confirmedAt: number
}

/** A stored refresh token: its hash and, once used, the hash of its successor. */
export interface RefreshRecord {
  hash: string
  sid: string
  expiresAt: number
  replacedBy: string | null
  replacedAt: number | null
}

export type NewSession = Pick<
  Session,
  'userId' | 'credential' | 'amr' | 'address' | 'userAgent' | 'createdAt' | 'expiresAt' | 'confirmedAt'
>

/** The replacement of a refresh token. Hashes are SHA-256 in hex, times milliseconds. */
export interface Rotation {
  hash: string
  successor: string
  /** The new expiry of the session and of the successor. */
  expiresAt: number
  now: number
  /** How long the same rotation may be repeated, by a client whose answer was lost. */
  graceMs: number
}

/**
 * `rotated`: the successor is stored. `repeated`: the same successor was stored within the grace period and is unused.
 * `replayed`: the token was used before. `gone`: no such token, or its session has ended.
 */
export type RotationOutcome = 'rotated' | 'repeated' | 'replayed' | 'gone'

/** Sessions and their refresh tokens. Every method throws StorageError where it cannot answer. */
export interface SessionStore {
  /**
   * Opens a session, with the hash of its first refresh token. On a full disk a host keeps the session in memory only,
   * and throws StorageError when too many of those are open.
   */
  open(session: NewSession, refreshHash: string): Promise<Session>
  find(sid: string, now: number): Awaitable<Session | null>
  /** Records a use. It need not be durable before the next `flush`. */
  touch(session: Session, now: number): void
  /** Records that the user gave their password again. */
  confirm(sid: string, now: number): Promise<void>
  flush(): Promise<void>
  /** Ordered by last use, newest first. */
  listOf(userId: number, now: number): Promise<Session[]>
  /** False for an unknown session. */
  end(sid: string): Promise<boolean>
  /** Ends all sessions of a user, or of several, except the named one; resolves with their number. */
  endAll(users: number | readonly number[], except?: string): Promise<number>
  /**
   * The two-factor authentication changed: only the session `passedBy`, or no session, has passed the new one. The
   * confirmations of the others end: they did not include the present second factor.
   */
  setSecondFactor(userId: number, passedBy: string | null): Promise<void>
  /** Moves sessions from one credential to another: those of the user, or only the one named. */
  renewCredential(userId: number, from: string, to: string, only?: string): Promise<void>
  /** Gives a live session a further refresh token, by its hash. False if the session has ended. */
  addRefresh(sid: string, hash: string, expiresAt: number): Promise<boolean>
  /** Also finds tokens that were replaced, until their session ends. */
  findRefresh(hash: string): Promise<RefreshRecord | null>
  /** Atomic: of any number of parallel calls with one hash, in any number of replicas, exactly one is `rotated`. */
  rotate(rotation: Rotation): Promise<RotationOutcome>
  /** When users last logged in; users who never did are absent. */
  lastLoginsOf(userIds: readonly number[]): Promise<ReadonlyMap<number, number>>
  removeExpired(now: number): Promise<void>
}
