import { spawn, spawnSync } from 'node:child_process'
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { TOTP } from 'otpauth'
import t, { type Test } from 'tap'
import { build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { root, generatorsMissing as skip } from '../support/generators.ts'
import { mintApiToken } from '../support/tokens.ts'
import { until } from '../support/waiting.ts'

t.setTimeout(300_000)
const SECRET = 'JBSWY3DPEHPK3PXP'
const NAME = '@proxmenux/monitor-client'

interface Answer {
  data?: { display_name?: string }
  response: Response
}
type Call = (path: string, options?: object) => Promise<Answer>

/** What the tests use of the package; "its types compile under strict" checks its own types. */
interface Package {
  MonitorError: new (...given: never[]) => Error
  createMonitor(options: { url: string; token?: string }): {
    api: { GET: Call; PUT: Call }
    login(credentials: object): Promise<{ id: number }>
    refresh(): Promise<void>
    logout(): Promise<void>
    follow(topics: string[], options?: object): AsyncGenerator<{ topic: string; data: object }, void>
  }
}

/** A project that has installed the package, as npm packs it. */
async function install(t: Test): Promise<string> {
  const folder = await temporaryFolder(t)
  const copy = join(folder, 'client')
  await cp(join(root, 'client'), copy, { recursive: true, filter: (path) => !path.endsWith('/dist') })
  const built = spawnSync(process.execPath, [join(root, 'client/build.ts'), join(copy, 'dist')], { encoding: 'utf8' })
  t.equal(built.status, 0, built.stdout + built.stderr)
  const packed = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--offline'], { cwd: copy, encoding: 'utf8' })
  const [{ filename, files }] = JSON.parse(packed.stdout)
  t.same(files.map(({ path }: { path: string }) => path).toSorted(), [
    'LICENSE',
    'README.md',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/live.d.ts',
    'dist/live.js',
    'dist/queue.d.ts',
    'dist/queue.js',
    'dist/schema.d.ts',
    'dist/schema.js',
    'examples/stream.mjs',
    'package.json'
  ])
  const place = join(folder, 'node_modules', NAME)
  await mkdir(place, { recursive: true })
  spawnSync('tar', ['-xzf', join(copy, filename), '-C', place, '--strip-components=1'])
  for (const each of ['openapi-fetch', 'openapi-typescript-helpers'])
    await symlink(join(root, 'generators/node_modules', each), join(folder, 'node_modules', each))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  return folder
}

/** A daemon with an owner who has a second factor, and a clock that the test moves. */
async function start(t: Test) {
  let passed = 0
  const now = () => Date.now() + passed
  const app = await build(t, {}, { now })
  await setUp(app)
  await app.authStore.update((draft) => Object.assign(draft, { totp_enabled: true, totp_secret: SECRET }))
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const code = () => new TOTP({ secret: SECRET }).generate({ timestamp: now() })
  return {
    app,
    url,
    code,
    pass(ms: number) {
      passed += ms
    }
  }
}

const load = <T>(folder: string, file: string): Promise<T> =>
  import(pathToFileURL(join(folder, 'node_modules', NAME, 'dist', file)).href)

t.test('the package', { skip }, async (t) => {
  const folder = await install(t)
  const { createMonitor, MonitorError } = await load<Package>(folder, 'index.js')

  t.test('its types compile under strict', async (t) => {
    const source = `import { createMonitor, type User } from '${NAME}'
const monitor = createMonitor({ url: 'http://127.0.0.1:8008' })
const user: User = await monitor.login({ username: 'a', password: 'b' })
const { data, error } = await monitor.api.GET('/api/users/{id}', { params: { path: { id: user.id } } })
const text: string = data ? data.user.username : error.code
for await (const update of monitor.follow(['system', 'health'])) {
  if (update.topic === 'system') { const cpu: number | null = update.data.cpu_usage; void cpu }
  else { const status: 'healthy' | 'warning' | 'critical' = update.data.status; void status }
}
// @ts-expect-error there is no such path
await monitor.api.GET('/api/no-such-thing')
void text
`
    await writeFile(join(folder, 'consumer.ts'), source)
    const compilerOptions = { noEmit: true, strict: true, target: 'es2023', module: 'nodenext', types: [] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'generators/node_modules/typescript/bin/tsc'), '-p', '.'],
      { cwd: folder, encoding: 'utf8' }
    )
    t.equal(stdout, '')
    t.equal(status, 0)
  })

  t.test('the example logs in with a second factor and streams', async (t) => {
    const { url, code, app } = await start(t)
    const example = spawn(process.execPath, [join(folder, 'node_modules', NAME, 'examples/stream.mjs')], {
      env: { ...process.env, MONITOR_URL: url, MONITOR_USER: 'admin', MONITOR_PASSWORD: PASSWORD }
    })
    t.teardown(() => example.kill('SIGKILL'))
    let output = ''
    for (const stream of [example.stdout, example.stderr]) stream.on('data', (text) => (output += text))
    await until(() => output.includes('Code of the authenticator: '))
    example.stdin.write(`${code()}\n`)
    await until(() => (output.match(/CPU [\d.?]+ %, memory [\d.]+ %/g) ?? []).length >= 2)
    t.match(output, /Logged in as admin/)
    const ended = new Promise<number | null>((resolve) => example.once('exit', resolve))
    example.kill('SIGINT')
    t.equal(await ended, 0, output)
    await until(() => app.live.count() === 0)
    t.equal(
      (await app.sessions.listOf(1, Date.now())).filter(({ amr }) => amr.includes('otp')).length,
      0,
      'it has logged out'
    )
  })

  t.test('a refusal of the login has its code; a code is asked for', async (t) => {
    const { url } = await start(t)
    const monitor = createMonitor({ url })
    const wrong = await monitor.login({ username: 'admin', password: 'wrong' }).catch((error: unknown) => error)
    t.ok(wrong instanceof MonitorError)
    t.match(wrong, { status: 401, code: 'CREDENTIALS', requiresTotp: false })
    await t.rejects(monitor.login({ username: 'admin', password: PASSWORD }), {
      code: 'TOTP_REQUIRED',
      requiresTotp: true
    })
  })

  t.test('an expired token is refreshed once for all calls, and a call keeps its body', async (t) => {
    const { app, url, code, pass } = await start(t)
    const monitor = createMonitor({ url: `${url}/` })
    await monitor.login({ username: 'admin', password: PASSWORD, totp_code: code() })
    pass(25 * 3_600_000)
    let refreshes = 0
    const { issue } = app.sessionIssuer
    Object.assign(app.sessionIssuer, {
      issue: (...given: Parameters<typeof issue>) => {
        refreshes++
        return issue(...given)
      }
    })
    const calls = await Promise.all([
      ...[1, 2, 3].map(() => monitor.api.GET('/api/system')),
      monitor.api.PUT('/api/auth/profile', { body: { display_name: 'Ada' } })
    ])
    t.same(
      calls.map(({ response }) => response.status),
      [200, 200, 200, 200]
    )
    t.equal(refreshes, 1)
    const { data } = await monitor.api.GET('/api/auth/profile')
    t.equal(data?.display_name, 'Ada')
    await monitor.logout()
    t.equal((await monitor.api.GET('/api/system')).response.status, 401)
  })

  t.test('a stream follows a restart of its connection, and ends with its session', async (t) => {
    const { app, url, code } = await start(t)
    const monitor = createMonitor({ url })
    await monitor.login({ username: 'admin', password: PASSWORD, totp_code: code() })
    const sockets: Duplex[] = []
    app.server.on('upgrade', (_request, socket) => sockets.push(socket))
    const updates = monitor.follow(['system', 'health'])
    const topics = new Set<string>()
    while (topics.size < 2) topics.add((await updates.next()).value!.topic)
    t.same([...topics].toSorted(), ['health', 'system'])
    // The connection breaks, as with a proxy that restarts.
    for (const socket of sockets) socket.destroy()
    await until(() => app.live.count() === 0)
    t.ok((await updates.next()).value)
    await until(async () => (await updates.next()).value !== undefined && app.live.count() === 1)
    await app.sessions.endAll(1)
    await t.rejects(async () => {
      for await (const _ of updates);
    }, MonitorError)
  })

  t.test('an API token calls routes; the stream refuses it', async (t) => {
    const { app, url } = await start(t)
    const monitor = createMonitor({ url, token: mintApiToken(app, { scope: 'read_only' }) })
    t.equal((await monitor.api.GET('/api/system')).response.status, 200)
    await t.rejects(monitor.follow(['system']).next(), { code: 'SCOPE', status: 403 })
    const revoked = createMonitor({ url, token: 'not-a-token' })
    t.equal(
      (await revoked.api.GET('/api/system')).response.status,
      401,
      'without a session there is nothing to refresh'
    )
  })

  t.test('the patches of the stream are those of RFC 7396', async (t) => {
    const { merge } = await load<{ merge(target: unknown, patch: unknown): unknown }>(folder, 'live.js')
    // RFC 7396, appendix A.
    for (const [target, patch, result] of [
      [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
      [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
      [{ a: 'b' }, { a: null }, {}],
      [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
      [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
      [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
      [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
      [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
      [
        ['a', 'b'],
        ['c', 'd'],
        ['c', 'd']
      ],
      [{ a: 'b' }, ['c'], ['c']],
      [{ e: null }, { a: 1 }, { e: null, a: 1 }],
      [[1, 2], { a: 'b', c: null }, { a: 'b' }],
      [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }]
    ])
      t.same(merge(target, patch), result)
  })
})
