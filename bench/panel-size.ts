import { createSigner } from 'fast-jwt'
import { Pool } from 'pg'
import { hashPassword } from '../lib/auth/passwords/derive.ts'
import { AUDIENCE, ISSUER } from '../lib/auth/tokens.ts'
import { createPanelDatabase, poolOptions } from '../lib/storage/panel/database.ts'
import { findSecret, readSecret } from '../lib/storage/panel/signing-secret.ts'
import { PASSWORD, setUp, startDaemon, withFolder } from './daemon.ts'
import { DOMAIN, withPanel } from './panel-servers.ts'
import { memoryOf, type Server } from './process.ts'
import { argument, note, quantile, report, row, whole } from './report.ts'

// What a panel's size costs: the same requests with few users, and with a million users in 10,000 tenants.
const TENANTS = argument(0, 10_000)
const USERS_EACH = argument(1, 100)
const SESSIONS = argument(2, 100_000)
const AUDIT = argument(3, 1_000_000)
const LOGINS = 30
const CALLS = 1000
/** Tenants that a replica serves before its memory is read; the second time beyond what it remembers. */
const VISITED = [Math.floor(TENANTS / 2), TENANTS] as const
const SMALL_TENANTS = 10
const START = Date.now()

type Times = Record<'login' | 'refresh' | 'me' | 'list', number[]>

const slugOf = (tenant: number) => `t${tenant}`

/** Tenants `from` to `to`, all users with one password, and a share of the sessions and audit entries. */
function fill(from: number, to: number, hash: string, secret: string): string[] {
  const sessionsEach = Math.ceil(SESSIONS / TENANTS)
  const auditEach = Math.ceil(AUDIT / TENANTS)
  const credential = `left(encode(sha256(convert_to(u.username, 'UTF8') || '\\x00'::bytea || convert_to('${hash}', 'UTF8')
    || '\\x00'::bytea || convert_to('${secret}', 'UTF8')), 'hex'), 32)`
  return [
    `INSERT INTO tenants (id, slug, name, created_at, enabled, configured, next_user_id)
     SELECT n, 't' || n, 'Tenant ' || n, ${START}, true, true, ${USERS_EACH + 1} FROM generate_series(${from}, ${to}) n`,
    `INSERT INTO users (tenant_id, id, username, name_key, password_hash, iterations, user_type, permissions)
     SELECT n, i, 'user' || i, 'user' || i, '${hash}', 600000, 'admin', '{*}'
     FROM generate_series(${from}, ${to}) n, generate_series(1, ${USERS_EACH}) i`,
    `INSERT INTO sessions (tenant_id, sid, user_id, credential, amr, address, user_agent, created_at, expires_at,
       last_used_at, unusual)
     SELECT u.tenant_id, 'sid-' || u.tenant_id || '-' || u.id, u.id, ${credential}, '{pwd}', '192.0.2.1', '',
       ${START}, ${START + 86_400_000}, ${START}, false
     FROM users u WHERE u.tenant_id BETWEEN ${from} AND ${to} AND u.id <= ${sessionsEach}`,
    `INSERT INTO audit_events (tenant_id, id, at, level, event, address, username, hash)
     SELECT n, i, ${START}, 'INFO', 'login_succeeded', '192.0.2.1', 'user' || i, decode(repeat('00', 32), 'hex')
     FROM generate_series(${from}, ${to}) n, generate_series(1, ${auditEach}) i`,
    `INSERT INTO audit_ends (tenant_id, head_id)
     SELECT n, ${auditEach} FROM generate_series(${from}, ${to}) n`
  ]
}

const call = async (
  server: Server,
  tenant: number,
  method: string,
  path: string,
  headers: object = {},
  body?: object
) => {
  const reply = await fetch(server.url + path, {
    method,
    headers: {
      'x-forwarded-host': `${slugOf(tenant)}.${DOMAIN}`,
      'x-forwarded-for': '192.0.2.1',
      ...(body && { 'content-type': 'application/json' }),
      ...headers
    },
    ...(body && { body: JSON.stringify(body) })
  })
  const text = await reply.text()
  if (reply.status !== 200) throw new Error(`${method} ${path} answered ${reply.status} ${text}`)
  return { json: JSON.parse(text), cookie: reply.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const begin = performance.now()
  const result = await work()
  times.push(performance.now() - begin)
  return result
}

/** Logs in as users of several tenants, one request at a time, and times what a page asks for. */
async function measure(server: Server, tenants: number): Promise<Times> {
  const times: Times = { login: [], refresh: [], me: [], list: [] }
  for (let i = 0; i < LOGINS; i++) {
    const tenant = 1 + ((i * 7919) % tenants)
    const body = { username: `user${1 + (i % USERS_EACH)}`, password: PASSWORD }
    const opened = await timed(times.login, () => call(server, tenant, 'POST', '/api/auth/login', {}, body))
    const { json } = await timed(times.refresh, () =>
      call(server, tenant, 'POST', '/api/auth/refresh', { cookie: opened.cookie })
    )
    const headers = { authorization: `Bearer ${json.token}` }
    for (let n = 0; n < CALLS / LOGINS; n++)
      await timed(times.me, () => call(server, tenant, 'GET', '/api/auth/me', headers))
    for (let n = 0; n < 5; n++) await timed(times.list, () => call(server, tenant, 'GET', '/api/users', headers))
  }
  return times
}

await withPanel(({ env, sql, key }) =>
  withFolder(async (folder) => {
    const hash = await hashPassword(PASSWORD)
    let server = await startDaemon(folder, env)
    await setUp(server)
    const pool = new Pool(poolOptions(env.MONITOR_DATABASE_URL!))
    const query = createPanelDatabase(pool)
    const secret = readSecret(await findSecret((text, values) => query.query(0, text, values)), [key])
    await pool.end()

    for (const text of fill(1, SMALL_TENANTS, hash, secret)) await sql(text)
    await sql('ANALYZE')
    note(`${SMALL_TENANTS} tenants`)
    const small = await measure(server, SMALL_TENANTS)
    const begin = performance.now()
    for (const text of fill(SMALL_TENANTS + 1, TENANTS, hash, secret)) await sql(text)
    await sql('ANALYZE')
    note(`${TENANTS} tenants, filled in ${Math.round((performance.now() - begin) / 1000)} s`)
    await server.stop()
    server = await startDaemon(folder, env)
    const large = await measure(server, TENANTS)

    const sign = createSigner({ key: secret, algorithm: 'HS256', iss: ISSUER, aud: AUDIENCE, expiresIn: 3_600_000 })
    const visit = async (from: number, to: number) => {
      for (let tenant = from; tenant < to; tenant++) {
        const user = { user_id: 1, username: 'user1', user_type: 'admin', reseller_id: 0, tenant_id: tenant }
        const token = sign({ jti: `${tenant}`, sid: `sid-${tenant}-1`, amr: ['pwd'], ...user })
        await call(server, tenant, 'GET', '/api/auth/me', { authorization: `Bearer ${token}` })
      }
    }
    await visit(1, VISITED[0])
    const before = memoryOf(server.pid).rss
    await visit(VISITED[0], VISITED[1])
    const after = memoryOf(server.pid).rss
    await server.stop()

    const size = `${whole(TENANTS * USERS_EACH)} users`
    const texts: Record<keyof Times, string> = {
      login: 'Login (600,000 iterations of PBKDF2)',
      refresh: 'Refresh',
      me: 'GET /api/auth/me',
      list: `GET /api/users of a tenant with ${USERS_EACH}`
    }
    report([
      ...(Object.keys(texts) as (keyof Times)[]).flatMap((kind) => {
        const [few, many] = [small[kind], large[kind]]
        const show = (times: number[]) =>
          `p50 ${quantile(times, 0.5).toFixed(1)}, p99 ${quantile(times, 0.99).toFixed(1)} ms`
        const ratio = quantile(many, 0.5) / quantile(few, 0.5)
        return [
          row(`${texts[kind]}, ${whole(SMALL_TENANTS * USERS_EACH)} users`, show(few)),
          row(`… ${size}`, show(many)),
          row('… p50, many ÷ few', ratio.toFixed(2), '≤ 1.50', ratio <= 1.5)
        ]
      }),
      row(
        `Resident memory of a replica, after ${whole(VISITED[0])} and ${whole(VISITED[1])} tenants`,
        `${before.toFixed(0)}, ${after.toFixed(0)} MiB`,
        '+ ≤ 40 MiB',
        after - before <= 40
      )
    ])
  })
)
