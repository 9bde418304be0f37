import { OPERATOR } from '../../auth/tenants.ts'
import type { SetupCode, Tenant, TenantStore } from '../stores/tenants.ts'
import { type AccessCache, changeAccess } from './access-cache.ts'
import type { PanelDatabase } from './database.ts'

interface Row {
  id: number
  slug: string
  name: string
  is_active: boolean
  created_at: string
}

const COLUMNS = 'id, slug, name, is_active, created_at'

const tenantOf = ({ id, slug, name, is_active: isActive, created_at: createdAt }: Row): Tenant => ({
  id,
  slug,
  name,
  isActive,
  createdAt: Number(createdAt)
})

const first = (rows: Row[]): Tenant | null => (rows[0] === undefined ? null : tenantOf(rows[0]))

/** The tenants in PostgreSQL. */
export function createPanelTenants({ database, cache }: { database: PanelDatabase; cache: AccessCache }): TenantStore {
  /** Changes one tenant's row; every replica sees it on its next request. */
  const change = (id: number, text: string, values: unknown[]): Promise<Tenant | null> =>
    changeAccess({ database, cache }, id, async (query, changed) => {
      changed.add('tenant')
      return first(await query<Row>(text, [id, ...values]))
    })

  return {
    async idOf(slug) {
      const [row] = await database.query<{ id: number }>(OPERATOR, 'SELECT id FROM tenants WHERE slug = $1', [slug])
      return row?.id ?? null
    },

    async list(after, limit) {
      const text = `SELECT ${COLUMNS} FROM tenants WHERE slug > $1 ORDER BY slug LIMIT $2`
      return (await database.query<Row>(OPERATOR, text, [after, limit])).map(tenantOf)
    },

    async find(id) {
      const text = `SELECT ${COLUMNS} FROM tenants WHERE id = $1 AND id <> ${OPERATOR}`
      return first(await database.query<Row>(OPERATOR, text, [id]))
    },

    async create({ slug, name, createdAt }, code) {
      const text = `INSERT INTO tenants (id, slug, name, created_at, setup_code_hash, setup_code_ends_at)
        VALUES (nextval('tenant_ids'), $1, $2, $3, $4, $5) ON CONFLICT (slug) DO NOTHING RETURNING ${COLUMNS}`
      return first(await database.query<Row>(OPERATOR, text, [slug, name, createdAt, code.hash, code.endsAt]))
    },

    change: (id, { name, isActive }) =>
      change(
        id,
        `UPDATE tenants SET name = coalesce($2, name), is_active = coalesce($3, is_active)
         WHERE id = $1 AND id <> ${OPERATOR} RETURNING ${COLUMNS}`,
        [name ?? null, isActive ?? null]
      ),

    remove: (id) => change(id, `DELETE FROM tenants WHERE id = $1 AND id <> ${OPERATOR} RETURNING ${COLUMNS}`, []),

    async setSetupCode(id, { hash, endsAt }) {
      const text = `UPDATE tenants t SET setup_code_hash = $2, setup_code_ends_at = $3
        WHERE id = $1 AND id <> ${OPERATOR} AND NOT EXISTS (SELECT FROM users u WHERE u.tenant_id = $1 AND u.id = 1)
        RETURNING id`
      return (await database.query(id, text, [id, hash, endsAt])).length > 0
    },

    async setupCodeOf(id) {
      const [row] = await database.query<{ hash: string | null; ends_at: string }>(
        id,
        'SELECT setup_code_hash AS hash, setup_code_ends_at AS ends_at FROM tenants WHERE id = $1',
        [id]
      )
      return row?.hash ? ({ hash: row.hash, endsAt: Number(row.ends_at) } satisfies SetupCode) : null
    },

    async clearSetupCode(id) {
      await database.query(id, 'UPDATE tenants SET setup_code_hash = NULL, setup_code_ends_at = NULL WHERE id = $1', [
        id
      ])
    }
  }
}
