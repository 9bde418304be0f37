import { randomBytes } from 'node:crypto'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Test } from 'tap'
import { type AppOptions, buildApp } from '../../app.ts'
import type { Config } from '../../schemas/foundation/config.ts'
import { CHEAP_HASHES, configIn, PASSWORD, temporaryFolder } from './app.ts'
import { compareAnswers } from './described-answers.ts'
import { postgresqlMissing, startPostgresql } from './postgresql.ts'
import { redisMissing, startRedis } from './redis.ts'

/** Why tests of a panel are skipped; false if they run. */
export const panelMissing: string | false = postgresqlMissing || redisMissing

export const DOMAIN = 'panel.example.com'

/** A panel with servers of its own, whose replicas run in this process. */
export async function startPanel(t: Test, overrides: Partial<Config> = {}) {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  const shared = {
    databaseUrl: await postgresql.createDatabase(),
    redisUrl: redis.url(0),
    encryptionKey: randomBytes(32).toString('base64'),
    saasDomain: DOMAIN,
    rateLimit: 1e6,
    rateLimitLogin: 1e6,
    rateLimitToken: 1e6,
    rateLimitRefresh: 1e6,
    ...overrides
  }
  return {
    postgresql,
    redis,
    /** Another replica, not listening. */
    async openReplica(own: Partial<Config> = {}, options: Partial<AppOptions> = {}): Promise<FastifyInstance> {
      const folder = await temporaryFolder(t)
      const config = configIn(folder, { ...shared, ...own })
      const app = await buildApp({
        config,
        version: '0.0.0',
        hostDir: folder,
        hasher: CHEAP_HASHES,
        onRoute: compareAnswers(t),
        ...options
      })
      t.teardown(() => app.close())
      return app
    }
  }
}

/** One tenant's requests, by its host name; the operator's with an empty slug. */
export const visit = (app: FastifyInstance, slug = '', domain = DOMAIN) => {
  const host = slug === '' ? domain : `${slug}.${domain}`
  return async (
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    token?: string | null,
    payload?: InjectOptions['payload']
  ) => {
    const headers = { host, ...(token && { authorization: `Bearer ${token}` }) }
    const reply = await app.inject({ method, url, headers, ...(payload !== undefined && { payload }) })
    return { status: reply.statusCode, body: reply.body.startsWith('{') ? reply.json() : reply.body, reply }
  }
}

/** Logs in and confirms with the password, so that routes with a step-up are open. */
export async function logInConfirmed(
  app: FastifyInstance,
  slug = '',
  username = 'admin',
  domain = DOMAIN
): Promise<string> {
  const call = visit(app, slug, domain)
  const { body } = await call('POST', '/api/auth/login', null, { username, password: PASSWORD })
  const confirmed = await call('POST', '/api/auth/confirm', body.token, { password: PASSWORD })
  if (confirmed.status !== 200) throw new Error(`confirm answered ${confirmed.status} ${JSON.stringify(body)}`)
  return body.token
}
