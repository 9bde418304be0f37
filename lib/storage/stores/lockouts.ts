/**
 * One check of a password or code. Exactly one of its functions is called: the next attempt waits for it. An attempt that
 * a killed process never finished does not count, since its outcome is unknown.
 */
export interface Attempt {
  /** Clears the count. */
  succeeded(): Promise<void>
  /** Counts a failure. True when it locked the user out. */
  failed(): Promise<boolean>
  /** Nothing was checked; the count stays as it was. */
  withdrawn(): Promise<void>
}

/** Failed attempts by user name (known or not) and network. Every method throws StorageError where it cannot answer. */
export interface Lockouts {
  /**
   * Atomic: begins an attempt, or resolves with the seconds of the lock. Attempts of one user from one network are
   * checked one after the other in all replicas, so parallel attempts get no more guesses than the limit. A try while
   * locked counts as a failure. Throws HasherBusyError where too many attempts wait.
   */
  begin(username: string, address: string): Promise<Attempt | { lockedFor: number }>
  /** Forgets a user's failures from every network; resolves with the number of networks. */
  unlock(username: string): Promise<number>
  /** Forgets failures and locks that no longer count. */
  removeOld(): Promise<void>
}
