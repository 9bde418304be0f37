/** The failed attempts of one user name from one network. Times are milliseconds since the epoch. */
export interface LockoutRecord {
  failures: number[]
  /** When the lock was set; 0 without one. */
  lockedAt: number
  lockedUntil: number
}

/** The records behind `Lockouts`, for known and unknown user names. Every method throws StorageError. */
export interface LockoutRecords {
  /**
   * One read-modify-write. `change` returns null to delete the record, and the same record to leave it; it may run again
   * if the record changed meanwhile.
   */
  update<T>(
    username: string,
    address: string,
    change: (record: LockoutRecord) => { record: LockoutRecord | null; result: T }
  ): Promise<T>
  /** Deletes a user name's records for all networks, or for one; returns their number. */
  forget(username: string, network?: string): Promise<number>
  /** Deletes records of failures and locks that ended before a time. */
  removeOld(before: number): Promise<void>
}

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
  /** Forgets a user's failures from every network, or from that of an address; resolves with the number of networks. */
  unlock(username: string, address?: string): Promise<number>
  /** Forgets failures and locks that no longer count. */
  removeOld(): Promise<void>
}
