import { OPERATOR } from '../../auth/tenants.ts'
import type { HandOverStore, HostReport, HostStore } from '../stores/hosts.ts'
import type { PanelDatabase } from './database.ts'
import { createSingleUse, type SingleUseOptions } from './single-use.ts'

interface Row {
  id: string
  name: string
  url: string
  version: string
  health: HostReport['health']
  last_seen_at: string
}

const COLUMNS = 'id, name, url, version, health, last_seen_at'

const reportOf = ({ last_seen_at: lastSeenAt, ...row }: Row): HostReport => ({
  ...row,
  lastSeenAt: Number(lastSeenAt)
})

/** The replicas in PostgreSQL. They are the operator's. */
export const createPanelHosts = ({ database }: { database: PanelDatabase }): HostStore => ({
  async report({ id, name, url, version, health, lastSeenAt }, since) {
    await database.query(
      OPERATOR,
      `INSERT INTO hosts (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, version = excluded.version,
         health = excluded.health, last_seen_at = excluded.last_seen_at`,
      [id, name, url, version, health, lastSeenAt]
    )
    await database.query(OPERATOR, 'DELETE FROM hosts WHERE last_seen_at < $1', [since])
  },

  async list() {
    const text = `SELECT ${COLUMNS} FROM hosts ORDER BY name, id`
    return (await database.query<Row & Record<string, unknown>>(OPERATOR, text)).map(reportOf)
  },

  async find(id) {
    const text = `SELECT ${COLUMNS} FROM hosts WHERE id = $1`
    const [row] = await database.query<Row & Record<string, unknown>>(OPERATOR, text, [id])
    return row ? reportOf(row) : null
  }
})

/** The secrets of the present request's tenant, in Redis. */
export const createPanelHandOvers = (options: SingleUseOptions): HandOverStore => createSingleUse(options, 'hand-over')
