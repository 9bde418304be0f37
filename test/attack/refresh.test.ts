import t from 'tap'
import { type App, bearer, build, PASSWORD, setUp } from '../support/app.ts'

/** A browser's cookie jar for one host, where plain HTTP and HTTPS share everything but the Secure flag. */
function createBrowser(app: App) {
  const jar = new Map<string, { value: string; secure: boolean }>()
  const send = async (scheme: 'http' | 'https', path: string, payload?: object) => {
    const cookies = [...jar].filter(([, cookie]) => scheme === 'https' || !cookie.secure)
    const reply = await app.inject({
      method: 'POST',
      url: `/api/auth/${path}`,
      headers: {
        'x-forwarded-proto': scheme,
        ...(cookies.length > 0 ? { cookie: cookies.map(([name, { value }]) => `${name}=${value}`).join('; ') } : {})
      },
      ...(payload ? { payload } : {})
    })
    for (const line of [reply.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const secure = /; Secure/i.test(line)
      // RFC 6265bis, 5.6: plain HTTP may not touch a Secure cookie.
      if (scheme === 'http' && jar.get(name)?.secure) continue
      if (/; Max-Age=0\b/i.test(line)) jar.delete(name)
      else jar.set(name, { value, secure })
    }
    return reply
  }
  return {
    jar,
    send,
    login: (scheme: 'http' | 'https') => send(scheme, 'login', { username: 'admin', password: PASSWORD })
  }
}

t.test('a browser that switches between HTTP and HTTPS raises no replay alarm', async (t) => {
  const app = await build(t)
  const elsewhere = await setUp(app)
  const browser = createBrowser(app)
  await browser.login('http')
  t.equal((await browser.send('http', 'refresh')).statusCode, 200)
  for (let i = 0; i < 3; i++) t.equal((await browser.send('https', 'refresh')).statusCode, 200)
  t.match(String((await browser.send('http', 'refresh')).statusCode), /200|401/)
  t.equal((await app.inject({ url: '/api/system', headers: bearer(elsewhere) })).statusCode, 200, 'no alarm was raised')
  t.equal((await browser.send('https', 'refresh')).statusCode, 200)
})

t.test('separate logins over HTTP and over HTTPS both persist', async (t) => {
  const app = await build(t)
  await setUp(app)
  const browser = createBrowser(app)
  await browser.login('https')
  await browser.login('http')
  for (const scheme of ['https', 'http', 'https', 'http', 'http', 'https'] as const) {
    t.equal((await browser.send(scheme, 'refresh')).statusCode, 200, scheme)
  }
})

t.test('logging out over HTTPS leaves no cookie behind', async (t) => {
  const app = await build(t)
  await setUp(app)
  const browser = createBrowser(app)
  await browser.login('http')
  const token = (await browser.send('https', 'refresh')).json().token
  const reply = await app.inject({
    method: 'POST',
    url: '/api/auth/logout',
    headers: { ...bearer(token), 'x-forwarded-proto': 'https' }
  })
  t.same(
    [reply.headers['set-cookie']].flat().map((line) => /^[^=]+=;.*Max-Age=0/.test(String(line))),
    [true, true]
  )
})

t.test('an invalid refresh token gets a plain refusal and raises no alarm', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  for (const cookie of [
    'refresh_token=',
    'refresh_token=x',
    `refresh_token=${'x'.repeat(15_000)}`,
    'refresh_token=%zz%00',
    'refresh_token="quoted"; refresh_token_http=%F0',
    '__proto__=x; constructor=y; refresh_token=toString',
    ';;;===;refresh_token',
    `${'a=b;'.repeat(3000)}refresh_token=x`,
    'refresh_token=\u00ff'
  ]) {
    const reply = await app.inject({ method: 'POST', url: '/api/auth/refresh', headers: { cookie } })
    t.equal(reply.statusCode, 401, cookie.slice(0, 40))
    t.equal(reply.json().code, 'REFRESH_INVALID')
  }
  t.equal((await app.inject({ url: '/api/system', headers: bearer(token) })).statusCode, 200)
})

t.test('twenty concurrent refreshes get the same successor and raise no alarm', async (t) => {
  const app = await build(t)
  await setUp(app)
  const login = await app.inject({
    method: 'POST',
    url: '/api/auth/login',
    payload: { username: 'admin', password: PASSWORD }
  })
  const cookie = String([login.headers['set-cookie']].flat()[0]).split(';')[0]!
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => app.inject({ method: 'POST', url: '/api/auth/refresh', headers: { cookie } }))
  )
  t.ok(replies.every((reply) => reply.statusCode === 200))
  t.equal(new Set(replies.map((reply) => String([reply.headers['set-cookie']].flat()[0]).split(';')[0])).size, 1)
  for (const reply of replies) {
    t.equal((await app.inject({ url: '/api/system', headers: bearer(reply.json().token) })).statusCode, 200)
  }
})
