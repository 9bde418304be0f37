import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { type App, build, setUp } from '../support/app.ts'

/** What a server sends to these bytes until it closes, or until the first answer is whole. */
async function send(port: number, bytes: string): Promise<{ status: number; body: string }> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(bytes)
  let text = ''
  for await (const chunk of socket) {
    text += chunk
    const end = text.indexOf('\r\n\r\n')
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN)
    if (end !== -1 && text.length >= end + 4 + length) break
  }
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), body: text.slice(text.indexOf('\r\n\r\n') + 4) }
}

const listen = async (app: App) => Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port)

const GOOD = 'Host: localhost'
const wsHead = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='

const refused = {
  'two Host headers': [GOOD, 'Host: evil.example'],
  'two Host headers of one value': [GOOD, GOOD],
  'two Host headers, the second in capitals': [GOOD, 'HOST: localhost'],
  'no Host header': [],
  'an empty Host header': ['Host:'],
  'two names in one Host header': ['Host: localhost, evil.example'],
  'two names in one Host header, without a space': ['Host: localhost,evil.example'],
  'a user in the Host header': ['Host: localhost@evil.example'],
  'a path in the Host header': ['Host: localhost/evil'],
  'a space in the Host header': ['Host: localhost evil'],
  'an invalid port': ['Host: localhost:80a'],
  'two Authorization headers': [GOOD, 'Authorization: Bearer a', 'Authorization: Bearer b'],
  'two Origin headers': [GOOD, 'Origin: http://localhost', 'Origin: http://evil.example'],
  'two Sec-Fetch-Site headers': [GOOD, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site'],
  'two Content-Type headers': [GOOD, 'Content-Type: application/json', 'Content-Type: text/plain'],
  'two X-Base-Path headers': [GOOD, 'X-Base-Path: /a', 'X-Base-Path: /b'],
  'two WebSocket keys': [GOOD, KEY, KEY]
}
const targets = {
  'an API route': ['GET', '/api/auth/status', ''],
  'a login': ['POST', '/api/auth/login', 'Content-Length: 0\r\n'],
  'a static file': ['GET', '/', ''],
  'an unknown path': ['GET', '/api/no-such-thing', ''],
  'a WebSocket handshake': ['GET', '/ws/terminal', wsHead],
  'the options of a route': ['OPTIONS', '/api/system', '']
} as const

t.test('an ambiguous request head is 400 with the envelope, on every kind of target', async (t) => {
  const app = await build(t)
  await setUp(app)
  const port = await listen(app)
  for (const [to, [method, path, more]] of Object.entries(targets)) {
    for (const [name, headers] of Object.entries(refused)) {
      const head = [`${method} ${path} HTTP/1.1`, ...headers].join('\r\n')
      const { status, body } = await send(port, `${head}\r\n${more}\r\n`)
      t.equal(status, 400, `${name}, to ${to}`)
      t.match(JSON.parse(body), { success: false, code: 'VALIDATION', message: String }, `${name}, to ${to}`)
    }
  }
})

t.test('a single host in any form that clients send is accepted', async (t) => {
  const app = await build(t)
  await setUp(app)
  const port = await listen(app)
  for (const [version, ...headers] of [
    ['1.1', GOOD],
    ['1.1', 'Host: LOCALHOST:8008'],
    ['1.1', 'Host: localhost:'],
    ['1.1', 'Host: 192.0.2.1'],
    ['1.1', 'Host: [2001:db8::1]:8008'],
    ['1.1', 'Host: [fe80::1%eth0]'],
    ['1.1', 'Host: my_host.example.'],
    ['1.1', GOOD, 'X-Forwarded-Host: a.example', 'X-Forwarded-Host: b.example'],
    ['1.1', GOOD, 'Cookie: a=1', 'Cookie: b=2'],
    ['1.1', GOOD, 'Accept-Encoding: gzip', 'Accept-Encoding: br'],
    ['1.0', GOOD],
    ['1.0']
  ] as const) {
    for (const path of ['/manifest.webmanifest', '/api/system-info']) {
      const head = [`GET ${path} HTTP/${version}`, ...headers, 'Connection: close'].join('\r\n')
      t.equal((await send(port, `${head}\r\n\r\n`)).status, 200, `${path}: ${headers.join(' and ') || 'no Host'}`)
    }
  }
})

t.test('HTTP/1.0 may omit Host, but not send two or an invalid one', async (t) => {
  const port = await listen(await build(t))
  for (const path of ['/', '/api/auth/status'])
    t.equal((await send(port, `GET ${path} HTTP/1.0\r\n\r\n`)).status, 200, `${path} before the first launch`)
  for (const headers of ['Host: localhost\r\nHost: localhost\r\n', 'Host: localhost,localhost\r\n', 'Host:\r\n'])
    t.equal((await send(port, `GET / HTTP/1.0\r\n${headers}\r\n`)).status, 400, headers)
})

t.test('a host in the request target must equal the Host header', async (t) => {
  const port = await listen(await build(t))
  const at = async (target: string, host: string) =>
    (await send(port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).status
  t.equal(await at('http://localhost:8008/api/auth/status', 'localhost:8008'), 200)
  t.equal(await at('HTTP://EVIL.EXAMPLE/api/auth/status', 'localhost'), 400)
  t.equal(await at('http://evil.example/api/auth/status', 'localhost'), 400)
  t.equal(await at('http://localhost@evil.example/api/auth/status', 'localhost'), 400)
})

t.test('a banned address and a flood are refused before the head is looked at', async (t) => {
  const app = await build(t, { rateLimit: 2 })
  const port = await listen(app)
  const bad = 'GET /api/auth/status HTTP/1.1\r\n\r\n'
  const codes: string[] = []
  for (let i = 0; i < 3; i++) codes.push(JSON.parse((await send(port, bad)).body).code)
  t.same(codes, ['VALIDATION', 'VALIDATION', 'RATE_LIMITED'])
  app.banGate.replace(['127.0.0.1'])
  t.equal(JSON.parse((await send(port, bad)).body).code, 'IP_BANNED')
})
