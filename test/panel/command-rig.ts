import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import { environmentIn, startDaemon } from '../attack/harness.ts'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { executable } from '../support/executable.ts'
import { DOMAIN } from '../support/panel-app.ts'
import type { Postgresql } from '../support/postgresql.ts'
import type { RedisServer } from '../support/redis.ts'
import { codeOf } from '../support/second-factor.ts'

export type Environment = NodeJS.ProcessEnv
export const newKey = (): string => randomBytes(32).toString('base64')

/** The real command, while everything else goes on. */
export async function command(words: string[], env: Environment) {
  // Without tap's own hook in the command.
  const { NODE_OPTIONS: _, ...rest } = env
  const child = spawn(executable, words, { env: rest, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, stdout, stderr, text: stdout + stderr }
}

/** One request to a replica under a host name. */
export function ask(port: number, host: string, path: string, token = '', body?: object) {
  const headers = {
    host,
    ...(token !== '' && { authorization: `Bearer ${token}` }),
    ...(body && { 'content-type': 'application/json' })
  }
  return new Promise<{ status: number; json: Record<string, unknown> }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET', headers, agent: false })
    sent.once('error', reject)
    sent.once('response', async (reply) => {
      resolve({ status: reply.statusCode!, json: JSON.parse(await text(reply)) })
    })
    sent.end(body && JSON.stringify(body))
  })
}

let databases = 0

/** A panel of its own on the servers, whose replicas are real processes. */
export async function openPanel(t: Test, { postgresql, redis }: { postgresql: Postgresql; redis: RedisServer }) {
  const folder = await temporaryFolder(t)
  const database = await postgresql.createDatabase()
  const key = newKey()
  const panel: Environment = {
    MONITOR_DATABASE_URL: database,
    MONITOR_REDIS_URL: redis.url(++databases),
    MONITOR_ENCRYPTION_KEY: key,
    MONITOR_SAAS_DOMAIN: DOMAIN
  }
  const env = environmentIn(folder, panel)
  return {
    folder,
    key,
    env,
    name: database.split('/').at(-1)!,
    async replica(more: Environment = {}) {
      const daemon = await startDaemon(t, await temporaryFolder(t), { ...panel, ...more })
      const call = (slug: string, path: string, token?: string, body?: object) =>
        ask(daemon.port, slug === '' ? DOMAIN : `${slug}.${DOMAIN}`, path, token, body)
      const logIn = async (slug: string, more: object = {}) => {
        const credentials = { username: 'admin', password: PASSWORD, ...more }
        return (await call(slug, '/api/auth/login', '', credentials)).json
      }
      return { daemon, call, logIn }
    },
    command: (words: string[], more: Environment = {}) => command(words, { ...env, ...more })
  }
}
export type CommandPanel = Awaited<ReturnType<typeof openPanel>>
export type Replica = Awaited<ReturnType<CommandPanel['replica']>>

/** The operator's setup; their confirmed token. */
export async function setUpOperator({ call }: Replica): Promise<string> {
  const { json } = await call('', '/api/auth/setup', '', { username: 'admin', password: PASSWORD })
  const token = String(json.token)
  await call('', '/api/auth/confirm', token, { password: PASSWORD })
  return token
}

/** A tenant without an owner; its id and setup code. */
export async function createTenant({ call }: Replica, token: string, slug: string) {
  const { json } = await call('', '/api/tenants', token, { slug, name: slug })
  return { id: (json.tenant as { id: number }).id, code: String(json.setup_code) }
}

export const codeNow = (secret: string) => codeOf(secret, Date.now())
