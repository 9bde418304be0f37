import { connect } from 'node:net'
import t from 'tap'
import { bearer, build, setUp } from '../support/app.ts'
import { portOf } from '../support/web-sockets.ts'

const https = { 'x-forwarded-for': '198.51.100.7', 'x-forwarded-proto': 'https' }
const targets = ['/', '/api/system', '/api/system-info', '/api/no-such-thing', '/assets/icon.svg', '/nothing']
const HSTS = 'strict-transport-security'

t.test('HSTS is off by default', async (t) => {
  const app = await build(t)
  for (const url of targets) t.notOk(HSTS in (await app.inject({ url, headers: https })).headers, url)
})

t.test('HSTS, once enabled, is on every answer over HTTPS, refusals included, without sub-domains', async (t) => {
  const app = await build(t, { hsts: 31_536_000, rateLimit: 20 })
  await setUp(app)
  for (const url of targets) t.equal((await app.inject({ url, headers: https })).headers[HSTS], 'max-age=31536000', url)
  for (let i = 0; i < 20; i++) await app.inject({ url: '/api/x', headers: https })
  const limited = await app.inject({ url: '/api/x', headers: https })
  t.same([limited.statusCode, limited.headers[HSTS]], [429, 'max-age=31536000'])
  app.banGate.replace(['198.51.100.7'])
  const banned = await app.inject({ url: '/', headers: https })
  t.same([banned.statusCode, banned.headers[HSTS]], [403, 'max-age=31536000'])
})

t.test('HSTS is never sent over plain HTTP, nor on an untrusted proxy’s claim of HTTPS', async (t) => {
  const app = await build(t, { hsts: 31_536_000 })
  for (const url of targets) {
    t.notOk(HSTS in (await app.inject(url)).headers, url)
    const forged = await app.inject({ url, headers: https, remoteAddress: '192.168.1.66' })
    t.notOk(HSTS in forged.headers, url)
  }
})

t.test('pages and API restrict what a browser may do with them', async (t) => {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  const policyOf = async (url: string) =>
    String((await app.inject({ url, headers })).headers['content-security-policy']).split('; ')
  for (const url of ['/', '/connection', '/guide', '/api/docs', '/api/system', '/api/no-such-thing']) {
    const policy = await policyOf(url)
    for (const rule of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      t.ok(policy.includes(rule), `${url}: ${rule}`)
    const reply = await app.inject({ url, headers })
    t.match(reply.headers, {
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin'
    })
  }
  t.ok((await policyOf('/')).includes("object-src 'none'"))
  t.equal((await app.inject({ url: '/api/system', headers })).headers['cache-control'], 'no-store')
  t.match((await app.inject('/')).headers['permissions-policy'], 'camera=(), geolocation=()')
  for (const url of ['/', '/connection', '/guide', '/api/docs']) {
    const coop = async (more: object) =>
      (await app.inject({ url, headers: { ...more } })).headers['cross-origin-opener-policy']
    t.equal(await coop(https), 'same-origin', url)
    t.equal(await coop({}), undefined, `${url}: over plain HTTP browsers would complain of it`)
  }
})

t.test('TRACE echoes nothing', async (t) => {
  const app = await build(t)
  await setUp(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  for (const path of ['/', '/api/system', '/nothing']) {
    const socket = connect(portOf(app), '127.0.0.1')
    socket.write(`TRACE ${path} HTTP/1.1\r\nHost: localhost\r\nX-Secret: abc\r\nConnection: close\r\n\r\n`)
    const answer = (await socket.setEncoding('utf8').toArray()).join('')
    t.match(answer, /^HTTP\/1\.1 40[0-9]/, path)
    t.notMatch(answer, 'abc', path)
  }
})

t.test('HEAD is answered as GET, without a body', async (t) => {
  const written: string[] = []
  const stream = { write: (line: string) => written.push(line) }
  const app = await build(t, {}, { fastify: { logger: { level: 'info', stream } } })
  const headers = bearer(await setUp(app))
  await app.listen({ host: '127.0.0.1', port: 0 })
  const socket = connect(portOf(app), '127.0.0.1')
  const ask = (method: string, path: string, more = '') =>
    `${method} ${path} HTTP/1.1\r\nhost: localhost\r\n${more}\r\n`
  const token = `authorization: ${headers.authorization}\r\n`
  socket.end(
    ask('HEAD', '/api/info', token) +
      ask('HEAD', '/api/info') +
      ask('HEAD', '/api/nothing') +
      ask('GET', '/api/info', `${token}connection: close\r\n`)
  )
  const text = (await socket.toArray()).join('')
  // The next answer begins where a body would.
  const [, first, second, third, last] = text.split('HTTP/1.1 ')
  t.match(first, /^200 OK\r\n[^{]*\r\n\r\n$/)
  t.match(second, /^401 Unauthorized\r\n[^{]*\r\n\r\n$/)
  t.match(third, /^401 Unauthorized\r\n[^{]*\r\n\r\n$/)
  const lengthOf = (answer = '') => /content-length: (\d+)/.exec(answer)?.[1]
  t.equal(lengthOf(first), lengthOf(last))
  t.equal(lengthOf(last), String(Buffer.byteLength(last!.split('\r\n\r\n')[1]!)))
  const methods = written.flatMap((line) => JSON.parse(line).method ?? [])
  t.same(methods.slice(-4).toSorted(), ['GET', 'HEAD', 'HEAD', 'HEAD'])
})
