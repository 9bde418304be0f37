import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Config } from '../../schemas/foundation/config.ts'
import {
  type App,
  type BuildOptions,
  bearer,
  build,
  PASSWORD,
  setUp,
  TRUE_HASHES,
  temporaryFolder
} from '../support/app.ts'
import { passTime } from '../support/waiting.ts'

/** Most of these races are within the time of a hash, which has its true cost here. */
const start = (t: Test, config: Partial<Config> = {}, options: BuildOptions = {}) =>
  build(t, config, { hasher: TRUE_HASHES, ...options })

const post = (app: App, path: string, payload: Record<string, unknown> = {}, headers = {}) =>
  app.inject({ method: 'POST', url: `/api/auth/${path}`, payload, headers })
const user = (name: string) => ({ username: name, password: PASSWORD })

/** Who can log in, of the names given. */
async function whoCanLogIn(app: App, names: string[]): Promise<string[]> {
  const able: string[] = []
  for (const name of names) if ((await post(app, 'login', user(name))).statusCode === 200) able.push(name)
  return able
}

t.test('of four concurrent setups one succeeds, and only its token is valid', async (t) => {
  const app = await start(t)
  const names = ['a', 'b', 'c', 'd']
  const replies = await Promise.all(names.map((name) => post(app, 'setup', user(name))))
  const won = names.filter((_, i) => replies[i]!.statusCode === 200)
  t.equal(won.length, 1)
  t.same(
    replies.filter((reply) => reply.statusCode !== 200).map((reply) => reply.json().code),
    Array(3).fill('ALREADY_CONFIGURED')
  )
  t.same(await whoCanLogIn(app, names), won)
})

t.test('a concurrent setup and skip leave one consistent state, never an owner without protection', async (t) => {
  for (let round = 0; round < 8; round++) {
    const app = await start(t)
    // Another moment of the setup each time.
    const later = () => passTime(round * 40)
    const [setup, skip] = await Promise.all([
      post(app, 'setup', user('admin')),
      later().then(() => post(app, 'skip')),
      later().then(() => post(app, 'decline'))
    ])
    t.equal(setup.statusCode, 200)
    t.match(String(skip.statusCode), /200|403/)
    t.equal(app.authStore.snapshot().mode, 'enabled', 'setup is the way back from skip, and skip none from setup')
    t.equal((await app.inject('/api/system')).statusCode, 401)
    t.equal((await app.inject({ url: '/api/system', headers: bearer(setup.json().token) })).statusCode, 200)
    await app.close()
  }
})

t.test('two daemons on one folder agree on one owner', async (t) => {
  const folder = await temporaryFolder(t)
  const apps = [await start(t, {}, { folder }), await start(t, { stateDir: await temporaryFolder(t) }, { folder })]
  const replies = await Promise.all(apps.map((app, i) => post(app, 'setup', user(`user${i}`))))
  t.same(replies.map((reply) => reply.statusCode).toSorted(), [200, 403])
  const file = JSON.parse(await readFile(join(folder, 'auth.json'), 'utf8'))
  const winner = replies.findIndex((reply) => reply.statusCode === 200)
  t.equal(file.username, `user${winner}`)
  for (const app of apps) {
    await app.authStore.refresh()
    t.same(await whoCanLogIn(app, ['user0', 'user1']), [`user${winner}`])
  }
})

t.test('concurrent logins that upgrade an old hash all get a live session', async (t) => {
  const app = await start(t)
  await setUp(app)
  await app.authStore.update((draft) => {
    draft.password_hash = createHash('sha256').update(PASSWORD).digest('hex')
  })
  const replies = await Promise.all([1, 2, 3, 4].map(() => post(app, 'login', user('admin'))))
  for (const reply of replies) {
    t.equal(reply.statusCode, 200)
    t.equal((await app.inject({ url: '/api/system', headers: bearer(reply.json().token) })).statusCode, 200)
  }
  t.match(app.authStore.snapshot().owner?.passwordHash, /^pbkdf2_sha256\$600000\$/)
  t.same(await whoCanLogIn(app, ['admin']), ['admin'])
})

t.test('disabling authentication during a login leaves no session behind', async (t) => {
  const app = await start(t)
  const token = await setUp(app)
  const [disabled, ...logins] = await Promise.all([
    post(app, 'disable', { password: PASSWORD }, bearer(token)),
    post(app, 'login', user('admin')),
    post(app, 'login', user('admin'))
  ])
  t.equal(disabled.statusCode, 200)
  t.equal((await post(app, 'setup', { username: 'admin', password: PASSWORD })).statusCode, 200)
  for (const login of logins) {
    if (login.statusCode !== 200) continue
    const reply = await app.inject({ url: '/api/system', headers: bearer(login.json().token) })
    t.equal(reply.statusCode, 401, 'a session of the previous account')
  }
  t.equal((await app.inject({ url: '/api/system', headers: bearer(token) })).statusCode, 401)
})

t.test('with a broken auth.json the answer is 503 under unknown host names too', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await start(t, { trustedProxies: [] }, { folder })
  await setUp(app)
  const { writeFile } = await import('node:fs/promises')
  await writeFile(join(folder, 'auth.json'), '{')
  await app.authStore.refresh()
  for (const host of ['127.0.0.1:8008', 'monitor.lan:8008']) {
    const headers = { host }
    t.equal((await app.inject({ url: '/api/system', headers })).json().code, 'AUTH_STORE_UNREADABLE', host)
    t.equal((await app.inject({ url: '/api/system-info', headers })).statusCode, 200, host)
    t.match((await app.inject({ url: '/api/auth/status', headers })).json(), { configured: true, username: null }, host)
    t.equal((await post(app, 'setup', user('x'), headers)).json().code, 'AUTH_STORE_UNREADABLE', host)
    t.equal((await post(app, 'skip', {}, headers)).json().code, 'AUTH_STORE_UNREADABLE', host)
  }
})
