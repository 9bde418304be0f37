import { type ChainVerdict, createChainWalk } from '../../audit/chain.ts'
import { type AuditRecord, endsOf, rowOf } from './audit-rows.ts'
import type { PanelDatabase } from './database.ts'

/** Rows of one statement. */
const PAGE = 5000

interface ChainedRecord extends AuditRecord {
  hash: Buffer
}

/** Verifies one snapshot of a tenant's chain, while replicas write to it. Throws StoreUnavailableError. */
export const verifyPanelAudit = (database: PanelDatabase, tenant: number): Promise<ChainVerdict> =>
  database.transaction(tenant, async (query) => {
    await query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
    const ends = await endsOf(query, tenant)
    // No entry was ever written, unless somebody removed the ends.
    if (ends === null) {
      const left = await query('SELECT 1 FROM audit_events WHERE tenant_id = $1 LIMIT 1', [tenant])
      if (left.length > 0) return { isWhole: false, fault: 'the record of the first and the last entry is missing' }
      return { isWhole: true, count: 0, first: 1, last: 0, from: null, to: null }
    }
    const walk = createChainWalk(ends.anchor, ends.head)
    // Ids below the anchor were inserted by hand, and are found too.
    for (let above = Number.MIN_SAFE_INTEGER; ; ) {
      const records = await query<ChainedRecord>(
        `SELECT id, at, level, event, address, username, target, hash FROM audit_events
         WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT ${PAGE}`,
        [tenant, above]
      )
      for (const record of records) {
        above = Number(record.id)
        if (!walk.add({ ...rowOf(record), hash: record.hash })) return walk.end()
      }
      if (records.length < PAGE) return walk.end()
    }
  })
