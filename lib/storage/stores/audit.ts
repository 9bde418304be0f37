import type { AuditRow } from '../../audit/chain.ts'
import type { AuditEntry } from '../../audit/line.ts'

export interface AuditQuery {
  limit: number
  /** Only entries before this entry or time. */
  before?: { id: number } | { at: number }
  /** The filters compare with the stored values. */
  event?: string
  user?: string
  address?: string
}

/** The index of security events: a hash chain for each tenant. */
export interface AuditStore {
  /** Appends each entry to the chain of its tenant, all in one transaction. Throws StorageError. */
  append(entries: readonly AuditEntry[]): Promise<void>
  /** Matching entries of the present request's tenant, newest first. */
  list(query: AuditQuery): Promise<AuditRow[]>
  /** Removes up to `atMost` of a chain's oldest entries beyond `keep`; returns whether more remain to be removed. */
  prune(keep: number, atMost: number): Promise<boolean>
}
