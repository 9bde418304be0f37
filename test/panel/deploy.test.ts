import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { variables } from '../../lib/startup/config.ts'
import { environmentIn, runToEnd, startDaemon } from '../attack/harness.ts'
import { ask, handshakeOptions, originOf, type Question } from '../edge/client.ts'
import { missing, until } from '../edge/programs.ts'
import type { Way } from '../edge/proxies.ts'
import { shipped } from '../edge/shipped.ts'
import { bearer, PASSWORD, temporaryFolder } from '../support/app.ts'
import { missing as missingOpenssl, selfSigned } from '../support/certificates.ts'
import { DOMAIN, panelMissing } from '../support/panel-app.ts'
import { echo, handshake } from '../support/web-sockets.ts'
import { command, newKey } from './command-rig.ts'
import { guideBlock, runGuide, startPanelNginx, startShippedPostgresql, startShippedRedis } from './shipped-panel.ts'

const root = resolve(import.meta.dirname, '../..')
const OWNER = { username: 'admin', password: PASSWORD }
const RIGHTS =
  'SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user'
/** Tables of tenants on which the policies do not bind the owner too. */
const UNFORCED = `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
  WHERE c.relkind = 'r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`

t.setTimeout(300_000)

t.test('systemd accepts the unit as a replica', { skip: missing('/usr/bin/systemd-analyze', 'systemd') }, async (t) => {
  const unit = join(await temporaryFolder(t), 'proxmenux-monitor.service')
  writeFileSync(unit, shipped('systemd/proxmenux-monitor.service').replaceAll('/opt/proxmenux-monitor', root))
  mkdirSync(`${unit}.d`)
  const verify = () => {
    const run = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' })
    return { status: run.status, words: run.stdout + run.stderr }
  }
  writeFileSync(join(`${unit}.d`, 'panel.conf'), shipped('panel/panel.conf'))
  t.match(verify(), { status: 0, words: '' })
  writeFileSync(join(`${unit}.d`, 'confined.conf'), shipped('systemd/confined.conf'))
  t.match(verify(), { status: 0, words: '' })
})

t.test('the files use only existing variables, and each credential', async (t) => {
  const known = variables.flatMap(({ env, fromFile }) => (fromFile ? [env, `${env}_FILE`] : [env]))
  const unit = shipped('panel/panel.conf')
  for (const [, name] of (unit + shipped('panel/panel.env')).matchAll(/^(?:Environment=)?(MONITOR_\w+)=/gm))
    t.ok(known.includes(name!), `${name}`)
  const loaded = [...unit.matchAll(/^LoadCredential=([\w-]+):/gm)].map(([, name]) => name!)
  const used = [...unit.matchAll(/^Environment=(MONITOR_\w+)_FILE=%d\/([\w-]+)$/gm)]
  t.same(
    used.map(([, , name]) => name),
    loaded
  )
  t.same(
    used.map(([, variable]) => variable),
    variables.filter(({ fromFile }) => fromFile).map(({ env }) => env)
  )
})

const skip =
  panelMissing || missing('/usr/sbin/nginx', 'nginx-light') || missing('/usr/bin/psql', 'postgresql') || missingOpenssl

t.test(
  'two replicas behind the shipped Nginx, with the shipped role and the shipped user of Redis',
  { skip },
  async (t) => {
    const [postgresql, redis] = await Promise.all([startShippedPostgresql(t), startShippedRedis(t)])
    const shared = {
      MONITOR_DATABASE_URL: postgresql.databaseUrl,
      MONITOR_REDIS_URL: redis.redisUrl,
      MONITOR_ENCRYPTION_KEY: newKey(),
      MONITOR_SAAS_DOMAIN: DOMAIN,
      MONITOR_TRUSTED_PROXIES: '127.0.0.1'
    }
    // Both migrate an empty database.
    const folders = [await temporaryFolder(t), await temporaryFolder(t)]
    const replicas = await Promise.all(folders.map((folder) => startDaemon(t, folder, shared)))
    const certificate = selfSigned(folders[0]!, 'panel', { names: `DNS:${DOMAIN},DNS:*.${DOMAIN}` })
    const ca = readFileSync(certificate.cert_path, 'utf8')
    const { ports, program, tested } = await startPanelNginx(
      t,
      certificate,
      replicas.map(({ port }) => port)
    )
    t.notMatch(tested, /\[(warn|emerg)\]/)

    const wayTo = (slug: string): Way => ({
      name: 'panel',
      scheme: 'https',
      port: ports.tls,
      host: slug === '' ? DOMAIN : `${slug}.${DOMAIN}`,
      prefix: '',
      plainPort: ports.plain,
      http2: true,
      output: program.output
    })
    const call = (slug: string, path: string, question: Question = {}) => ask(wayTo(slug), ca, path, question)
    const logIn = (slug: string, from: string, more: Question = {}) =>
      call(slug, '/api/auth/login', { from, body: OWNER, ...more })

    const setup = await call('', '/api/auth/setup', { body: OWNER })
    const operator = bearer(String(setup.json.token))
    await call('', '/api/auth/confirm', { headers: operator, body: { password: PASSWORD } })
    const created = await call('', '/api/tenants', { headers: operator, body: { slug: 'acme', name: 'Acme' } })
    t.equal(created.json.setup_url, `${originOf(wayTo('acme'))}/`, 'the address that the tenant opens')
    const setup_code = String(created.json.setup_code)
    t.match(await call('acme', '/api/auth/setup', { body: { ...OWNER, setup_code } }), { status: 200 })

    t.test('a tenant logs in under its name, with its own address despite forged headers', async (t) => {
      const claims = { 'x-forwarded-for': '198.51.100.7', 'x-real-ip': '198.51.100.7', 'x-forwarded-host': DOMAIN }
      const { json, status } = await logIn('acme', '127.0.0.21', { headers: claims })
      t.equal(status, 200)
      const headers = bearer(String(json.token))
      const { sessions } = (await call('acme', '/api/auth/sessions', { headers })).json
      t.match(
        (sessions as { current: boolean }[]).find(({ current }) => current),
        { address: '127.0.0.21' }
      )
      t.match((await call('', '/api/auth/me', { headers })).json, { code: 'TOKEN_INVALID' }, 'not under another name')
      t.match((await call('nobody', '/api/auth/status')).json, { code: 'TENANT_UNKNOWN' })
    })

    t.test('the sixth login of an address within a minute is refused, under every name', async (t) => {
      for (let i = 0; i < 5; i++) t.equal((await logIn(i % 2 === 0 ? 'acme' : '', '127.0.0.22')).status, 200)
      for (const slug of ['acme', '']) {
        const refused = await logIn(slug, '127.0.0.22')
        t.equal(refused.status, 429)
        t.equal(refused.headers['retry-after'], '12')
        t.same(refused.json, {
          success: false,
          error: 'rate limit exceeded',
          message: 'rate limit exceeded',
          code: 'RATE_LIMITED'
        })
      }
      t.equal((await logIn('acme', '127.0.0.23')).status, 200, 'another address')
    })

    t.test('the operator’s ticket opens a WebSocket, and a tenant gets none', async (t) => {
      const path = '/api/security/connection/ticket'
      const { json } = await call('', path, { method: 'POST', headers: operator })
      const options = handshakeOptions(wayTo(''), ca)
      const open = () => handshake(`wss://127.0.0.1:${ports.tls}/ws/connection?ticket=${json.ticket}`, [], options)
      const first = await open()
      if (!('socket' in first)) throw new Error(`the handshake was answered ${first.status} ${first.body}`)
      t.equal(await echo(first.socket, 'through Nginx'), 'through Nginx')
      first.socket.terminate()
      t.equal((await open()).status, 401, 'once')
      const { token } = (await logIn('acme', '127.0.0.24')).json
      const refused = await call('acme', path, { method: 'POST', headers: bearer(String(token)) })
      t.equal(refused.status, 403)
    })

    t.test('the guide’s commands about tenants', async (t) => {
      const site = `https://${DOMAIN}:${ports.tls}`
      const curl = `curl() { command curl --fail-with-body --interface 127.0.0.28 --cacert ${certificate.cert_path} --resolve '*:${ports.tls}:127.0.0.1' "$@"; echo; }`
      const commands = guideBlock('/api/tenants')
        .replace(/^panel=.*$/m, `panel=${site}`)
        .replaceAll('tenants/1', 'tenants/2')
        .replaceAll('"acme"', '"guide"')
        .replaceAll('Correct-Horse-7', PASSWORD)
      t.match(commands, site)
      const replies = runGuide(`${curl}\n${commands}`)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      const named = { tenant: { id: 2, slug: 'guide' } }
      t.match(replies, [
        { success: true },
        { ...named, setup_code: String, setup_url: `https://guide.${DOMAIN}:${ports.tls}/` },
        { tenants: [{ slug: 'acme' }, { slug: 'guide', is_active: true }] },
        { setup_code: String },
        { tenant: { slug: 'guide', is_active: false } },
        { success: true }
      ])
      t.equal(replies.length, 6)
      t.match((await call('', '/api/tenants', { headers: operator })).json.tenants, [{ slug: 'acme' }])
    })

    t.test('plain HTTP redirects pages to HTTPS and refuses the API', async (t) => {
      const plain: Way = { ...wayTo('acme'), scheme: 'http', port: ports.plain }
      const led = await ask(plain, ca, '/x', { headers: { host: plain.host } })
      t.match(led, { status: 308, headers: { location: `https://acme.${DOMAIN}/x` } })
      t.equal((await ask(plain, ca, '/api/auth/login', { body: OWNER })).status, 426)
    })

    t.test('the role has only its own database, and the row policies apply to it', async (t) => {
      const { Client } = await import('pg')
      const client = new Client({ connectionString: postgresql.databaseUrl })
      await client.connect()
      t.teardown(() => client.end())
      const { rows } = await client.query(RIGHTS)
      t.same(Object.values(rows[0]), [false, false, false, false, false])
      t.same((await client.query(UNFORCED)).rows, [])
      t.same((await client.query('SELECT * FROM users')).rows, [], 'without a tenant no row is seen')
      const elsewhere = new Client({ connectionString: postgresql.databaseUrl.replace(/monitor$/, 'postgres') })
      await t.rejects(elsewhere.connect(), { code: '28000' })
      const wrong = new Client({ connectionString: postgresql.databaseUrl.replace(/:[0-9a-f]{24}@/, ':wrong@') })
      await t.rejects(wrong.connect(), { code: '28P01' })
    })

    t.test('the user of Redis had every permission it needed, and has no other', async (t) => {
      // A lockout, beside the tickets and the limits.
      const wrong = { body: { username: 'admin', password: 'Wrong-Horse-7' } }
      for (const from of ['127.0.0.25', '127.0.0.26']) for (let i = 0; i < 3; i++) await logIn('acme', from, wrong)
      t.same(await redis.asInspector.acl('LOG'), [])
      const keys = await redis.asInspector.keys('*')
      t.ok(keys.length > 5)
      t.same(
        keys.filter((key) => !key.startsWith('monitor:')),
        []
      )
      for (const [command, ...args] of [
        ['keys', '*'],
        ['flushall'],
        ['config', 'get', '*'],
        ['acl', 'list'],
        ['get', 'other'],
        ['client', 'list'],
        ['publish', 'x', 'y']
      ] as const)
        await t.rejects(redis.asMonitor.call(command, ...args), /^NOPERM/, command)
    })

    t.test('a wrong password is one line, at the start and from a command', async (t) => {
      const folder = await temporaryFolder(t)
      const faults = [
        [{ MONITOR_DATABASE_URL: postgresql.databaseUrl.replace(/:[0-9a-f]{24}@/, ':wrong@') }, 'PostgreSQL'],
        [{ MONITOR_REDIS_URL: redis.redisUrl.replace(/:[0-9a-f]+@/, ':wrong@') }, 'Redis']
      ] as const
      for (const [fault, server] of faults) {
        const env = environmentIn(folder, { ...shared, ...fault })
        const [variable] = Object.keys(fault)
        const line = `${server} is unavailable: it refuses the user name or the password\n`
        t.match(await runToEnd(t, env), { code: 1, errors: `proxmenux-monitor cannot start: ${variable}: ${line}` })
        t.match(await command(['reset-password', '--yes'], env), { code: 1, stderr: `reset-password: ${line}` })
      }
    })

    t.test('both replicas are used, and one alone is enough', async (t) => {
      const visitors = Array.from({ length: 24 }, (_, i) => `127.0.3.${i + 1}`)
      const visitAll = () =>
        Promise.all(visitors.map(async (from) => (await call('acme', '/api/auth/status', { from })).status))
      const answered = () => replicas.map(({ output }) => output().split('"/api/auth/status"').length - 1)
      const before = answered()
      t.same(new Set(await visitAll()), new Set([200]))
      const more = () => answered().map((n, i) => n - before[i]!)
      await until('every request is in a log', () => more().reduce((sum, n) => sum + n, 0) >= visitors.length)
      t.ok(
        more().every((n) => n > 0),
        `each answers some of the clients: ${more()}`
      )
      replicas[0]!.signal('SIGTERM')
      t.same(await replicas[0]!.exited, { code: 0, signal: null })
      t.same(new Set(await visitAll()), new Set([200]))
      t.match(await logIn('acme', '127.0.0.27'), { status: 200 })
    })
  }
)
