import type { TokenUse, TokenUseStore } from '../stores/token-uses.ts'
import type { PanelDatabase } from './database.ts'
import { createWriteBehind } from './write-behind.ts'

export interface PanelTokenUseOptions {
  database: PanelDatabase
  /** The tenant of the present request. */
  tenant: () => number
}

interface Use extends TokenUse {
  tenant: number
  hash: string
}

/** The last uses of API tokens in PostgreSQL. */
export function createPanelTokenUseStore({ database, tenant }: PanelTokenUseOptions): TokenUseStore {
  const uses = createWriteBehind<Use>((batch) =>
    database.query(
      'all',
      // A tenant may have been deleted meanwhile.
      `INSERT INTO token_uses (tenant_id, token_hash, used_at, address)
       SELECT use.* FROM unnest($1::int[], $2::text[], $3::bigint[], $4::text[]) AS use (tenant_id, hash, at, address)
       WHERE EXISTS (SELECT FROM tenants WHERE id = use.tenant_id)
       ON CONFLICT (tenant_id, token_hash) DO UPDATE SET used_at = excluded.used_at, address = excluded.address
       WHERE token_uses.used_at < excluded.used_at`,
      [
        batch.map((use) => use.tenant),
        batch.map(({ hash }) => hash),
        batch.map(({ at }) => at),
        batch.map(({ address }) => address)
      ]
    )
  )

  return {
    touch(hash, now, address) {
      const use = { tenant: tenant(), hash, at: now, address }
      uses.put(`${use.tenant} ${hash}`, use)
    },

    async findAll(hashes) {
      const of = tenant()
      const rows = await database.query<{ token_hash: string; used_at: string; address: string }>(
        of,
        'SELECT token_hash, used_at, address FROM token_uses WHERE tenant_id = $1 AND token_hash = ANY ($2)',
        [of, hashes]
      )
      const found = new Map(rows.map((row) => [row.token_hash, { at: Number(row.used_at), address: row.address }]))
      for (const hash of hashes) {
        const waiting = uses.get(`${of} ${hash}`)
        if (waiting !== undefined && waiting.at > (found.get(hash)?.at ?? 0))
          found.set(hash, { at: waiting.at, address: waiting.address })
      }
      return found
    },

    flush: () => uses.flush()
  }
}
