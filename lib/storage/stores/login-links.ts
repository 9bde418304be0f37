/** The account that a login link opens. */
export interface LoginLink {
  userId: number
  /** The account's fingerprint when the link was issued (see credentialOf). */
  credential: string
}

/** Links that log a user in once, issued by the command line (contract 13). Methods throw StorageError. */
export interface LoginLinkStore {
  /** A new secret, valid for `ttlMs`: 32 random bytes, base64url. The store keeps its hash only. */
  issue(link: LoginLink, ttlMs: number): Promise<string>
  /** Atomic: the account of an unused secret; null for any other. The secret is used up. */
  redeem(secret: string): Promise<LoginLink | null>
}
