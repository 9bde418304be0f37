import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo, Server, Socket } from 'node:net'
import t, { type Test } from 'tap'
import { createTlsListener } from '../../lib/tls/tls-listener.ts'
import { createHttpServer } from '../../plugins/server/http-server.ts'
import { temporaryFolder } from '../support/app.ts'
import { type Files, missing, selfSigned } from '../support/certificates.ts'
import { comes, passTime, quietFor, until } from '../support/waiting.ts'
import { ask, keepAlive, open, type Scheme } from './clients.ts'

t.setTimeout(300_000)

const pairOf = ({ cert_path, key_path }: Files) => ({
  cert: readFileSync(cert_path, 'utf8'),
  key: readFileSync(key_path, 'utf8')
})

/** An HTTP server that tells how it was reached, behind an tlsListener. */
async function serve(t: Test, { host = '127.0.0.1', handshakeMs = 10_000 } = {}) {
  const server = createHttpServer((request, response) => {
    let length = 0
    request.on('data', (chunk) => {
      length += chunk.length
    })
    request.on('end', () => {
      const scheme = 'encrypted' in request.socket ? 'https' : 'http'
      response.writeHead(200).end(JSON.stringify({ scheme, path: request.url, length }))
    })
  }, {})
  const tlsListener = createTlsListener(server, { handshakeMs })
  await new Promise<void>((done) => server.listen({ port: 0, host }, done))
  t.teardown(() => {
    server.close()
    tlsListener.close()
    server.closeAllConnections()
  })
  return { server, tlsListener, port: (server.address() as AddressInfo).port }
}

const pair = async (t: Test) => pairOf(selfSigned(await temporaryFolder(t), 'server'))
const countOf = (server: Server): Promise<number> =>
  new Promise((tell) => server.getConnections((_error, count) => tell(count)))
const textOf = async (socket: ReturnType<typeof open>): Promise<string> => {
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  await new Promise((done) => socket.on('error', () => {}).on('close', done))
  return text
}
const bodies = (text: string) => [...text.matchAll(/\{.*?\}/g)].map(([body]) => JSON.parse(body))

t.test(
  'enabled, renewed and disabled: earlier connections get one more answer and are told to reconnect',
  { skip: missing },
  async (t) => {
    const { tlsListener, port } = await serve(t)
    const agents = { http: keepAlive(t, 'http'), https: keepAlive(t, 'https') }
    const get = async (scheme: Scheme) => {
      const { headers, body } = await ask({ scheme, port, path: '/', agent: agents[scheme] })
      return `${JSON.parse(body).scheme} ${headers.connection}`
    }
    t.equal(await get('http'), 'http keep-alive')
    await t.rejects(get('https'), { code: 'EPROTO' }, 'a TLS client is refused by a plain port')
    tlsListener.use(await pair(t))
    t.equal(await get('http'), 'http close')
    t.equal(
      await get('http'),
      'http keep-alive',
      'a new plain connection is current; the reader of the request decides'
    )
    t.equal(await get('https'), 'https keep-alive')
    tlsListener.use(await pair(t))
    t.equal(await get('https'), 'https close')
    t.equal(await get('https'), 'https keep-alive')
    tlsListener.use(null)
    t.equal(await get('https'), 'https close')
    t.equal(await get('http'), 'http close')
    await t.rejects(get('https'), { code: 'EPROTO' })
    t.throws(() => tlsListener.use({ cert: 'nonsense', key: 'nonsense' }))
    t.equal(tlsListener.isOn(), false, 'what cannot be served changes nothing')
  }
)

t.test('bytes in pieces, together or with the end of the stream all arrive', { skip: missing }, async (t) => {
  const { tlsListener, port } = await serve(t)
  tlsListener.use(await pair(t))
  const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`
  for (const scheme of ['http', 'https'] as const) {
    const together = open(scheme, port)
    together.write(get('/1') + get('/2') + get('/3').slice(0, 5))
    void passTime(50).then(() => together.write(get('/3', 'Connection: close\r\n').slice(5)))
    t.match(bodies(await textOf(together)), [{ path: '/1' }, { path: '/2' }, { path: '/3' }], scheme)

    const atOnce = open(scheme, port)
    atOnce.end(get('/'))
    t.match(bodies(await textOf(atOnce)), [{ scheme, path: '/' }], `${scheme}: a client that has closed its side`)
    const large = await ask({ scheme, port, path: '/', method: 'POST', payload: { x: 'x'.repeat(1e6) } })
    t.match(JSON.parse(large.body), { scheme, length: 1_000_008 })
  }
  const byOne = open('http', port).setNoDelay()
  for (const character of get('/', 'Connection: close\r\n')) {
    byOne.write(character)
    await passTime(1)
  }
  t.match(bodies(await textOf(byOne)), [{ path: '/' }])
})

t.test('a client that sends nothing or never finishes its handshake times out', { skip: missing }, async (t) => {
  const { server, tlsListener, port } = await serve(t, { handshakeMs: 500 })
  tlsListener.use(await pair(t))
  const silent = open('http', port)
  const half = open('http', port)
  half.write(Buffer.from('160301', 'hex'))
  // Each byte on its own is no reason to wait longer.
  const slow = open('http', port)
  slow.write(Buffer.from('1603010200010001fc0303', 'hex'))
  const dripping = setInterval(() => slow.write('\0'), 100)
  t.teardown(() => clearInterval(dripping))
  const gone = open('http', port)
  gone.once('connect', () => gone.resetAndDestroy())
  const ended = open('http', port)
  ended.end()
  const nonsense = open('http', port)
  nonsense.write(Buffer.concat([Buffer.from('16030100ff', 'hex'), Buffer.alloc(255, 7)]))
  await Promise.all([silent, half, slow, gone, ended, nonsense].map(textOf))
  const patient = open('https', port)
  await new Promise((done) => patient.once('secureConnect', done))
  await quietFor(1000)
  patient.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  t.match(bodies(await textOf(patient)), [{ scheme: 'https' }], 'a finished handshake has time')
  t.ok(await comes(async () => (await countOf(server)) === 0))
})

t.test(
  'a client that disconnects during or right after its handshake is removed at once',
  { skip: missing },
  async (t) => {
    const { server, tlsListener, port } = await serve(t, { handshakeMs: 600_000 })
    tlsListener.use(await pair(t))
    const half = open('http', port)
    half.end(Buffer.from('160301', 'hex'))
    const done = open('https', port)
    done.once('secureConnect', () => done.destroy())
    await Promise.all([half, done].map(textOf))
    await until(async () => (await countOf(server)) === 0)
    t.pass('without a time-out')
  }
)

t.test('a server that closes does not wait for handshakes', { skip: missing }, async (t) => {
  const { server, tlsListener, port } = await serve(t)
  tlsListener.use(await pair(t))
  const accepted: Socket[] = []
  server.on('connection', (socket) => accepted.push(socket))
  const sockets = [open('http', port), open('http', port)]
  sockets[1]!.write(Buffer.from('160301', 'hex'))
  await until(() => accepted.length === 2 && accepted.some(({ bytesRead }) => bytesRead === 3))
  const closed = new Promise((done) => server.close(done))
  tlsListener.close()
  await Promise.all([closed, ...sockets.map(textOf)])
  t.pass('long before the ten seconds of a handshake')
})

t.test('TLS 1.2 and 1.3 with forward secrecy, and nothing older', { skip: missing }, async (t) => {
  const { tlsListener, port } = await serve(t)
  tlsListener.use(await pair(t))
  // With its own minimum lowered, so that it is the server that refuses.
  const connect = (...args: string[]) =>
    new Promise<string>((done) => {
      const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...args], { stdio: 'pipe' })
      let text = ''
      for (const stream of [client.stdout, client.stderr]) {
        stream.on('data', (chunk) => {
          text += chunk
        })
      }
      client.on('close', () => done(text))
      client.stdin.end()
    })
  const lax = ['-cipher', 'ALL:@SECLEVEL=0']
  t.match(await connect('-tls1_3'), /New, TLSv1\.3, Cipher is TLS_AES_256_GCM_SHA384/)
  t.match(await connect('-tls1_2'), /New, TLSv1\.2, Cipher is ECDHE-ECDSA-AES256-GCM-SHA384/)
  t.match(await connect('-tls1_1', ...lax), /alert protocol version/)
  t.match(await connect('-tls1', ...lax), /alert protocol version/)
  t.match(await connect('-tls1_2', '-cipher', 'ECDHE-ECDSA-AES256-SHA384'), /alert handshake failure/)
  t.match(await connect('-alpn', 'h2,http/1.1'), /ALPN protocol: http\/1\.1/)
})

t.test('IPv6, and both addresses of localhost', { skip: missing }, async (t) => {
  const six = await serve(t, { host: '::1' })
  six.tlsListener.use(await pair(t))
  t.match((await ask({ scheme: 'https', port: six.port, path: '/', host: '::1' })).body, /"https"/)

  const both = await serve(t, { host: 'localhost' })
  await both.tlsListener.listenOnLocalhost(511)
  both.tlsListener.use(await pair(t))
  for (const host of ['127.0.0.1', '::1']) {
    for (const scheme of ['http', 'https'] as const)
      t.match((await ask({ scheme, port: both.port, path: '/', host })).body, new RegExp(`"${scheme}"`), host)
  }
  const idle = open('https', both.port, '::1').on('error', () => {})
  const other = open('https', both.port, '127.0.0.1').on('error', () => {})
  await Promise.all([idle, other].map((socket) => new Promise((done) => socket.once('secureConnect', done))))
  const closed = new Promise((done) => both.server.close(done))
  both.tlsListener.close()
  both.server.closeAllConnections()
  await Promise.all([closed, both.tlsListener.closed()])
  for (const host of ['127.0.0.1', '::1'])
    await t.rejects(ask({ scheme: 'http', port: both.port, path: '/', host }), { code: 'ECONNREFUSED' })
})
