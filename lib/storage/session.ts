/** A login that is still good. Times are milliseconds since the epoch. */
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
  /** Opened from where this user had not been seen, though they had been elsewhere. */
  unusual: boolean
  /** When its user last gave their password again; 0 for never. Forgotten at a restart. */
  confirmedAt: number
}

/** A refresh token as it is stored: by its hash, with its successor's once it was used. */
export interface RefreshRecord {
  hash: string
  sid: string
  expiresAt: number
  replacedBy: string | null
  replacedAt: number | null
}
