import { createHash, randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { OPERATOR } from '../../auth/tenants.ts'
import type { HandOverStore, HostReport, HostStore } from '../stores/hosts.ts'
import type { PanelDatabase } from './database.ts'
import { keyOf, useRedis } from './redis.ts'

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
  async report({ id, name, url, version, health, lastSeenAt }) {
    await database.query(
      OPERATOR,
      `INSERT INTO hosts (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, version = excluded.version,
         health = excluded.health, last_seen_at = excluded.last_seen_at`,
      [id, name, url, version, health, lastSeenAt]
    )
  },

  async list(since) {
    await database.query(OPERATOR, 'DELETE FROM hosts WHERE last_seen_at < $1', [since])
    const text = `SELECT ${COLUMNS} FROM hosts ORDER BY name, id`
    return (await database.query<Row & Record<string, unknown>>(OPERATOR, text)).map(reportOf)
  },

  async find(id) {
    const text = `SELECT ${COLUMNS} FROM hosts WHERE id = $1`
    const [row] = await database.query<Row & Record<string, unknown>>(OPERATOR, text, [id])
    return row ? reportOf(row) : null
  }
})

/** Redis holds the hash of a secret only. */
const keyOfSecret = (tenant: number, secret: string): string =>
  keyOf(tenant, 'hand-over', createHash('sha256').update(secret).digest('base64url'))

/** The secrets of the present request's tenant, in Redis. */
export const createPanelHandOvers = ({ redis, tenant }: { redis: Redis; tenant: () => number }): HandOverStore => ({
  async issue(sid, ttlMs) {
    const secret = randomBytes(32).toString('base64url')
    await useRedis(redis, () => redis.set(keyOfSecret(tenant(), secret), sid, 'PX', ttlMs))
    return secret
  },
  redeem: (secret) => useRedis(redis, () => redis.getdel(keyOfSecret(tenant(), secret)))
})
