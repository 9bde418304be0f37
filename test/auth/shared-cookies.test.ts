import { randomBytes } from 'node:crypto'
import t from 'tap'
import { type App, bearer, build, PASSWORD, setUp } from '../support/app.ts'

type Reply = Awaited<ReturnType<App['inject']>>

const HTTPS = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' }
const foreign = () => randomBytes(32).toString('base64url')
const post = (app: App, path: string, headers: Record<string, string>, payload?: object) =>
  app.inject({ method: 'POST', url: `/api/auth/${path}`, headers, ...(payload ? { payload } : {}) })
const login = (app: App, host = 'pve.lan:8008', headers = {}) =>
  post(app, 'login', { host, ...headers }, { username: 'admin', password: PASSWORD })
const refresh = (app: App, cookie: string, host = 'pve.lan:8008', headers = {}) =>
  post(app, 'refresh', { host, cookie, ...headers })
const tokenOf = (reply: Reply) => reply.cookies.find(({ name }) => name === 'refresh_token')!.value
const namesOf = (reply: Reply) => reply.cookies.map(({ name, value }) => (value === '' ? `-${name}` : name))

t.test('cookies of the same name from another service, before or after ours, log out no user', async (t) => {
  const app = await build(t)
  await setUp(app)
  for (const name of ['refresh_token', 'refresh_token_http']) {
    const others = (count: number) => Array.from({ length: count }, () => `${name}=${foreign()}`)
    for (const [before, after] of [
      [1, 0],
      [0, 1],
      [7, 7],
      [20, 3]
    ] as const) {
      const own = tokenOf(await login(app))
      const cookie = [...others(before), `${name}=${own}`, ...others(after)].join('; ')
      t.equal((await refresh(app, cookie)).statusCode, 200, `${name}: ${before} before, ${after} after`)
    }
  }
  const own = tokenOf(await login(app))
  for (const junk of ['', 'x', '""', '%zz', 'x'.repeat(200), `"${foreign()}"`]) {
    const reply = await refresh(app, `refresh_token=${junk}; refresh_token=${own}`)
    t.equal(reply.statusCode, 200, `junk ${junk.slice(0, 10)}`)
  }
})

t.test('a request full of foreign cookies gets a plain refusal', async (t) => {
  const app = await build(t)
  await setUp(app)
  const reply = await refresh(app, Array.from({ length: 250 }, () => `refresh_token=${foreign()}`).join('; '))
  t.equal(reply.json().code, 'REFRESH_INVALID')
  t.notOk(reply.headers['set-cookie'])
})

t.test('an unknown token clears no cookie; an ended token of ours clears its own cookies', async (t) => {
  const app = await build(t)
  await setUp(app)
  const unknown = await refresh(app, `refresh_token=${foreign()}; refresh_token_8008=${foreign()}`)
  t.equal(unknown.json().code, 'REFRESH_INVALID')
  t.notOk(unknown.headers['set-cookie'])
  t.notOk((await refresh(app, 'a=b')).headers['set-cookie'], 'nor does a request without one')

  const ended = tokenOf(await login(app))
  await app.sessions.endAll(1)
  const known = await refresh(app, `refresh_token=${foreign()}; refresh_token_http_8008=${ended}`)
  t.equal(known.statusCode, 401)
  t.notOk(namesOf(known).includes('-refresh_token'), 'the other service’s cookie stays')
})

t.test('a replayed token clears only the cookies that hold it', async (t) => {
  let now = Date.now()
  const app = await build(t, {}, { now: () => now })
  await setUp(app)
  const replaced = tokenOf(await login(app))
  await refresh(app, `refresh_token=${replaced}`)
  now += 11_000
  const cookie = `refresh_token=${foreign()}; refresh_token_http=${replaced}; refresh_token_http_8008=${replaced}`
  const reply = await refresh(app, cookie)
  t.equal(reply.statusCode, 401)
  t.same(namesOf(reply), ['-refresh_token_http', '-refresh_token_http_8008'])
})

t.test('the cookie’s port is the browser’s: from Host, or from a trusted proxy’s X-Forwarded-Host', async (t) => {
  const app = await build(t)
  await setUp(app)
  const last = async (host: string, headers = {}) => namesOf(await login(app, host, headers)).at(-1)
  const forwarded = { 'x-forwarded-for': '192.0.2.1' }
  t.equal(await last('pve.lan:8008'), 'refresh_token_http_8008')
  t.equal(await last('[2001:db8::1]:8009'), 'refresh_token_http_8009')
  t.equal(await last('pve.lan'), 'refresh_token_http_80')
  t.equal(await last('pve.lan', HTTPS), 'refresh_token_443')
  t.equal(await last('inner:8008', { ...HTTPS, 'x-forwarded-host': 'pve.lan:9443' }), 'refresh_token_9443')
  t.equal(await last('inner:8008', { ...forwarded, 'x-forwarded-host': 'pve.lan' }), 'refresh_token_http_80')
  t.equal(await last('pve.lan:99999'), 'refresh_token_http', 'a number that is no port names nothing')
})

t.test('a refresh on one port also replaces the token in the cookie of another port', async (t) => {
  let now = Date.now()
  const app = await build(t, {}, { now: () => now })
  const elsewhere = await setUp(app)
  const first = tokenOf(await login(app, 'pve.lan'))
  const jar = (token: string) =>
    ['refresh_token', 'refresh_token_http', 'refresh_token_http_80'].map((name) => `${name}=${token}`).join('; ')
  const second = await refresh(app, jar(first), 'pve.lan:8008')
  t.same(namesOf(second), ['refresh_token', 'refresh_token_http', 'refresh_token_http_8008', 'refresh_token_http_80'])
  t.equal(new Set(second.cookies.map(({ value }) => value)).size, 1)
  now += 60_000
  t.equal((await refresh(app, jar(tokenOf(second)), 'pve.lan')).statusCode, 200)
  t.equal((await app.inject({ url: '/api/system', headers: bearer(elsewhere) })).statusCode, 200, 'no alarm was raised')
})

t.test('a refresh over HTTPS clears the plain cookies that hold the replaced token', async (t) => {
  const app = await build(t)
  await setUp(app)
  const token = tokenOf(await login(app))
  const plain = foreign()
  const cookie = `refresh_token=${token}; refresh_token_http=${plain}; refresh_token_http_8008=${token}`
  const reply = await refresh(app, cookie, 'pve.lan:8008', HTTPS)
  t.same(namesOf(reply), ['refresh_token', 'refresh_token_8008', '-refresh_token_http_8008'])
  t.ok(reply.cookies.slice(0, 2).every(({ secure }) => secure === true))
})

t.test('two monitors on one host name keep separate cookies, and a logout clears only its own', async (t) => {
  const [a, b] = [await build(t), await build(t)]
  const jar = new Map<string, string>()
  const take = (reply: Reply) => {
    for (const { name, value, maxAge } of reply.cookies) {
      if (maxAge === 0) jar.delete(name)
      else jar.set(name, value)
    }
    return reply
  }
  const header = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const at = { a: [a, 'pve.lan:8008'], b: [b, 'pve.lan:8009'] } as const
  for (const [app, host] of Object.values(at)) {
    await setUp(app)
    take(await login(app, host))
  }
  for (const name of ['a', 'b', 'a', 'a', 'b', 'b', 'a'] as const) {
    const [app, host] = at[name]
    t.equal(take(await refresh(app, header(), host)).statusCode, 200, name)
  }
  take(await refresh(b, header(), 'pve.lan:8009'))
  const { token } = take(await refresh(a, header(), 'pve.lan:8008')).json()
  take(await refresh(b, header(), 'pve.lan:8009'))
  take(await post(a, 'logout', { host: 'pve.lan:8008', cookie: header(), ...bearer(token) }))
  t.same([...jar.keys()].toSorted(), ['refresh_token', 'refresh_token_http', 'refresh_token_http_8009'])
  t.equal(take(await refresh(b, header(), 'pve.lan:8009')).statusCode, 200, 'the other is still signed in')
  t.equal(take(await refresh(a, header(), 'pve.lan:8008')).statusCode, 401)
  t.equal(take(await refresh(b, header(), 'pve.lan:8009')).statusCode, 200, 'and the refusal took nothing away')
})
