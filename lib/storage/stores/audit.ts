import type { AuditRow } from '../../audit/chain.ts'
import type { AuditEntry } from '../../audit/line.ts'

export interface AuditQuery {
  limit: number
  /** Only entries before this one; a time stands for the first entry from then on. */
  before?: { id: number } | { at: number }
  /** Each as it is stored. */
  event?: string
  user?: string
  address?: string
}

/** The index of security events: a chain of hashes. */
export interface AuditStore {
  /** Adds all entries to the end of the chain, or no entry. Throws StorageError. */
  append(entries: readonly AuditEntry[]): Promise<void>
  /** Entries that match, the newest first. */
  list(query: AuditQuery): Promise<AuditRow[]>
  /** Removes up to `atMost` of the oldest where there are more than `keep`; whether more is to be removed. */
  prune(keep: number, atMost: number): Promise<boolean>
}
