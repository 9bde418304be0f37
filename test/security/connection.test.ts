import { request } from 'node:http'
import { connect } from 'node:net'
import t, { type Test } from 'tap'
import { type App, bearer, build, setUp } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'
import { portOf } from '../support/web-sockets.ts'

const url = '/api/security/connection'

async function start(t: Test, config: Parameters<typeof build>[1] = {}) {
  const app = await build(t, config)
  await setUp(app)
  return { app, headers: (await openSession(app)).headers }
}
const ask = (app: App, headers: object, { page, peer }: { page?: string; peer?: string } = {}) =>
  app.inject({
    url: page === undefined ? url : `${url}?page=${encodeURIComponent(page)}`,
    headers: { ...headers },
    ...(peer && { remoteAddress: peer })
  })
const codesOf = (reply: { json(): { problems: { code: string }[] } }) => reply.json().problems.map(({ code }) => code)

t.test('the doctor reports how the daemon saw this very request', async (t) => {
  const { app, headers } = await start(t)
  const via = { ...headers, 'x-forwarded-for': '198.51.100.7', 'x-forwarded-proto': 'https', via: '1.1 proxy' }
  const untrusted = await ask(app, via, { peer: '192.168.1.5', page: 'https://localhost/' })
  t.equal(untrusted.statusCode, 200)
  t.match(untrusted.json(), { client_address: '192.168.1.5', scheme: 'http', forwarded: { via: '1.1 proxy' } })
  t.same(codesOf(untrusted), ['PROXY_NOT_TRUSTED'])
  await app.settings.trustProxy('192.168.1.5')
  const mended = await ask(app, via, { peer: '192.168.1.5', page: 'https://localhost/' })
  t.match(mended.json(), { client_address: '198.51.100.7', scheme: 'https', hops: { length: 2 } })
  t.same(codesOf(mended), [])
})

t.test('the suggested line fixes the reported problem', async (t) => {
  const first = await start(t)
  const via = { 'x-forwarded-for': '198.51.100.7' }
  const { fix } = (await ask(first.app, { ...first.headers, ...via }, { peer: '192.168.1.5' })).json().problems[0]
  const { readConfig } = await import('../../lib/startup/config.ts')
  const [name, value] = fix.split('=')
  const { app, headers } = await start(t, { trustedProxies: readConfig({ [name]: value }).config!.trustedProxies })
  t.same(codesOf(await ask(app, { ...headers, ...via, 'x-forwarded-proto': 'https' }, { peer: '192.168.1.5' })), [])
})

t.test('the doctor requires security.manage, and accepts a full_admin token', async (t) => {
  const { app } = await start(t)
  t.equal((await ask(app, bearer(mintApiToken(app, { scope: 'full_admin' })))).statusCode, 200)
  t.equal((await ask(app, bearer(mintApiToken(app, { scope: 'read_only' })))).json().code, 'SCOPE')
  t.equal((await ask(app, {})).statusCode, 401)
})

t.test('an invalid page address is refused', async (t) => {
  const { app, headers } = await start(t)
  for (const page of [
    '',
    'x',
    'javascript:alert(1)',
    'https://u:p@a/',
    'https://a/?q',
    `https://a/${'x'.repeat(2048)}`
  ])
    t.equal((await ask(app, headers, { page })).json().code, 'VALIDATION', page)
})

t.test('repeated headers are noticed on the wire', async (t) => {
  const { app, headers } = await start(t)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const answer = await new Promise<string>((resolve, reject) => {
    const sent = {
      ...headers,
      'x-forwarded-for': ['203.0.113.9', '198.51.100.7'],
      'x-forwarded-proto': ['http', 'https'],
      'x-forwarded-host': 'a'.repeat(600)
    }
    request({ port: portOf(app), path: url, headers: sent }, async (response) => {
      resolve((await response.setEncoding('utf8').toArray()).join(''))
    })
      .on('error', reject)
      .end()
  })
  const { forwarded, client_address: address, scheme, problems } = JSON.parse(answer)
  t.same([address, scheme], ['198.51.100.7', 'https'])
  t.equal(forwarded['x-forwarded-for'], '203.0.113.9, 198.51.100.7')
  t.equal(forwarded['x-forwarded-host'].length, 512)
  t.same(
    problems.map(({ code }: { code: string }) => code),
    ['BROKEN_HEADER', 'DUPLICATE_HEADER', 'HOP_NOT_TRUSTED']
  )
})

t.test('a proxy that speaks HTTP/1.0 is noticed on the wire', async (t) => {
  const { app, headers } = await start(t)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const socket = connect(portOf(app), '127.0.0.1')
  socket.write(`GET ${url} HTTP/1.0\r\nHost: localhost\r\nAuthorization: ${headers.authorization}\r\n\r\n`)
  const answer = (await socket.setEncoding('utf8').toArray()).join('')
  t.match(answer, /"http_version":"1\.0"/)
  t.match(answer, /OLD_HTTP_VERSION/)
})
