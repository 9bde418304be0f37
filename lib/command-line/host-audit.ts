import { type Audit, createAudit } from '../audit/events.ts'
import { type AuditEntry, formatLine } from '../audit/line.ts'
import { formatJsonLine } from '../audit/listing.ts'
import { createLogFile } from '../audit/log-file.ts'
import type { AuditStore } from '../storage/stores/audit.ts'
import { ACTOR } from './stores.ts'

export interface HostAuditOptions {
  /** Paths of the authentication log and of the JSON lines; empty for no such file. */
  authLog: string
  auditJson: string
  store: Pick<AuditStore, 'append'>
}

/** The audit log as the daemon writes it. Entries are written by `close`, which resolves with what could not be written. */
export function createHostAudit({ authLog, auditJson, store }: HostAuditOptions) {
  const entries: AuditEntry[] = []
  const audit = createAudit({ write: (entry) => void entries.push(entry), now: Date.now })
  return {
    record: (event: keyof Audit, target?: string): void =>
      audit[event]({ address: '', user: ACTOR, ...(target !== undefined && { target }) }),

    async close(): Promise<string[]> {
      if (entries.length === 0) return []
      const faults: string[] = []
      for (const [path, format] of [
        [authLog, formatLine],
        [auditJson, formatJsonLine]
      ] as const) {
        if (path === '') continue
        const file = createLogFile({ path, onTrouble: (error) => error && faults.push(`${path}: ${error.message}`) })
        for (const entry of entries) file.append(format(entry))
        await file.close()
      }
      await store.append(entries).catch((error: Error) => faults.push(error.message))
      return faults
    }
  }
}
