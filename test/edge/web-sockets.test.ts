import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import t, { type Test } from 'tap'
import { build, setUp } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { passTime, until } from '../support/waiting.ts'
import { closed, echo, getTicket, type Handshake, handshake, portOf } from '../support/web-sockets.ts'

async function serve(t: Test, options: Parameters<typeof build>[2] = {}) {
  const app = await build(t, {}, options)
  await setUp(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { session, headers } = await openSession(app)
  const url = `ws://127.0.0.1:${portOf(app)}/ws/connection`
  return { app, session, headers, url, ticket: () => getTicket(app, headers) }
}

const opened = (t: Test, result: Handshake) => {
  if (!('socket' in result)) throw new Error(`refused with ${result.status} ${result.body}`)
  t.teardown(() => result.socket.terminate())
  return result.socket
}
const refusal = (result: Handshake) => {
  if ('socket' in result) throw new Error('it was opened')
  return [result.status, JSON.parse(result.body).code]
}

/** The status of a login that carries a handshake's headers. */
const fetchUpgrading = (url: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ username: 'nobody', password: 'nothing' })
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'content-type': 'application/json',
      'content-length': body.length
    }
    const sent = request(url, { method: 'POST', headers }, (answer) => resolve(answer.resume().statusCode))
    sent.on('error', reject)
    sent.end(body)
  })

t.test('a ticket opens one socket, in the query or as a subprotocol', async (t) => {
  const { url, ticket } = await serve(t)
  const first = await ticket()
  const byQuery = opened(t, await handshake(`${url}?ticket=${first}`))
  t.equal(await echo(byQuery, 'hello'), 'hello')
  t.same(refusal(await handshake(`${url}?ticket=${first}`)), [401, 'TOKEN_INVALID'])
  const byProtocol = opened(t, await handshake(url, ['probe', `ticket.${await ticket()}`]))
  t.equal(byProtocol.protocol, 'probe', 'the ticket is not sent back')
  t.equal(await echo(byProtocol, 'ü'), 'ü')
})

t.test('of two concurrent handshakes with one ticket one succeeds', async (t) => {
  const { url, ticket } = await serve(t)
  const one = await ticket()
  const results = await Promise.all(Array.from({ length: 8 }, () => handshake(`${url}?ticket=${one}`)))
  for (const result of results) if ('socket' in result) opened(t, result)
  t.same(results.map(({ status }) => status).toSorted(), [101, 401, 401, 401, 401, 401, 401, 401])
})

t.test('a handshake without a valid ticket is refused with a status', async (t) => {
  let monotonicNow = 0
  const { app, session, url, ticket } = await serve(t, { stores: { monotonicNow: () => monotonicNow } })
  t.same(refusal(await handshake(url)), [401, 'TOKEN_MISSING'])
  t.same(refusal(await handshake(`${url}?ticket=nonsense`)), [401, 'TOKEN_INVALID'])
  const late = await ticket()
  monotonicNow += 5000
  t.same(refusal(await handshake(`${url}?ticket=${late}`)), [401, 'TOKEN_INVALID'])
  const orphan = await ticket()
  await app.sessions.end(session.sid)
  t.same(refusal(await handshake(`${url}?ticket=${orphan}`)), [401, 'TOKEN_INVALID'])
  t.same(refusal(await handshake(url.replace('connection', 'nothing'))), [404, 'NOT_FOUND'])
})

t.test('a foreign page, a banned address and a user who has lost the permission are refused', async (t) => {
  const { app, headers, url, ticket } = await serve(t)
  const foreign = { origin: 'https://evil.example' }
  t.same(refusal(await handshake(`${url}?ticket=${await ticket()}`, [], foreign)), [403, 'ORIGIN'])
  const own = { origin: url.replace('ws:', 'http:').replace('/ws/connection', '') }
  opened(t, await handshake(`${url}?ticket=${await ticket()}`, [], own))

  const payload = { username: 'bob', password: 'Another-Horse-7', permissions: ['security.manage'] }
  const { headers: confirmed } = await openSession(app, 1, { confirmed: true })
  const made = await app.inject({ method: 'POST', url: '/api/users', headers: confirmed, payload })
  const { id } = made.json().user
  const bobs = await getTicket(app, (await openSession(app, id)).headers)
  await app.inject({ method: 'PATCH', url: `/api/users/${id}`, headers: confirmed, payload: { permissions: [] } })
  t.same(refusal(await handshake(`${url}?ticket=${bobs}`)), [403, 'PERMISSION'])

  const kept = await getTicket(app, headers)
  app.banGate.replace(['192.0.2.66'])
  const banned = { headers: { 'x-forwarded-for': '192.0.2.66' } }
  t.same(refusal(await handshake(`${url}?ticket=${kept}`, [], banned)), [403, 'IP_BANNED'])
  opened(t, await handshake(`${url}?ticket=${kept}`))
})

t.test(
  'an upgrade to another protocol is answered as an ordinary request, and the connection stays usable',
  async (t) => {
    const { app } = await serve(t)
    const socket = connect(portOf(app), '127.0.0.1')
    t.teardown(() => socket.destroy())
    const ask = (more: string) =>
      new Promise<string>((resolve) => {
        socket.once('data', (chunk) => resolve(String(chunk)))
        socket.write(`GET /api/system-info HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`)
      })
    t.match(
      await ask('Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n'),
      /^HTTP\/1\.1 200 OK/
    )
    t.match(await ask(''), /^HTTP\/1\.1 200 OK/)
  }
)

t.test('a POST with an upgrade to WebSocket is handled as a POST', async (t) => {
  const { url } = await serve(t)
  const reply = await fetchUpgrading(url.replace('ws:', 'http:').replace('/ws/connection', '/api/auth/login'))
  t.equal(reply, 401)
})

t.test('the connection of a refused client that never closes is closed', async (t) => {
  const { app } = await serve(t)
  const socket = connect({ port: portOf(app), host: '127.0.0.1', allowHalfOpen: true })
  const ended = new Promise((resolve) => socket.once('end', resolve))
  socket.resume()
  socket.write(
    'GET /ws/connection HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
  )
  await ended
  const count = () => new Promise<number>((done) => app.server.getConnections((_error, count) => done(count)))
  await until(async () => (await count()) === 0)
  t.notOk(socket.destroyed, 'the client itself has not closed')
  socket.destroy()
})

t.test('an oversized message, or a client that does not read, closes that socket only', async (t) => {
  const { url, ticket } = await serve(t)
  const loud = opened(t, await handshake(`${url}?ticket=${await ticket()}`))
  loud.send('x'.repeat(2000))
  t.equal(await closed(loud), 1009)
  const deaf = opened(t, await handshake(`${url}?ticket=${await ticket()}`))
  deaf.pause()
  const ended = closed(deaf)
  // More than the kernel's buffers hold on either side.
  for (let sent = 0; sent < 20_000 && deaf.bufferedAmount < 1e6; sent++) {
    deaf.send('x'.repeat(1000))
    if (sent % 100 === 0) await passTime(1)
  }
  deaf.resume()
  t.equal(await ended, 1006)
  const other = opened(t, await handshake(`${url}?ticket=${await ticket()}`))
  t.equal(await echo(other, 'still here'), 'still here')
})

t.test('a shutdown closes open sockets and does not wait for their clients', async (t) => {
  const { app, url, ticket } = await serve(t)
  const polite = opened(t, await handshake(`${url}?ticket=${await ticket()}`))
  const deaf = opened(t, await handshake(`${url}?ticket=${await ticket()}`))
  deaf.pause()
  const told = closed(polite)
  await app.close()
  t.equal(await told, 1001)
})

t.test('a handshake at an address without a WebSocket is an ordinary request, and its connection ends', async (t) => {
  const { app, headers } = await serve(t)
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' }
  const key = { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
  for (const [path, more, status] of [
    ['/', {}, 200],
    ['/api/system-info', {}, 200],
    ['/api/system', {}, 401],
    ['/api/system', headers, 200],
    ['/api/live/ticket', headers, 404],
    ['/ws/nothing', headers, 404],
    ['/ws/live', {}, 401]
  ] as const) {
    const answered = await new Promise<{ status: number | undefined; connection: string | undefined }>(
      (resolve, fail) => {
        const sent = request({ port: portOf(app), path, headers: { ...upgrade, ...key, ...more } })
        sent.on('response', (answer) => {
          const { statusCode, headers } = answer.resume()
          answer.once('end', () => resolve({ status: statusCode, connection: headers.connection }))
        })
        sent.on('upgrade', (_answer, socket) => {
          socket.destroy()
          resolve({ status: 101, connection: undefined })
        })
        sent.on('error', fail).end()
      }
    )
    t.same(answered, { status, connection: 'close' }, `${path} ${status}`)
  }
})

t.test('each kind of socket keeps its own message limit, in any order of opening', async (t) => {
  const { app, headers, url, ticket } = await serve(t)
  const open = async (kind: 'live' | 'terminal', protocol: string) => {
    const reply = await app.inject({ method: 'POST', url: `/api/${kind}/ticket`, headers })
    const at = url.replace('connection', kind)
    return opened(t, await handshake(at, [protocol, `ticket.${reply.json().ticket}`]))
  }
  const probe = async () => opened(t, await handshake(`${url}?ticket=${await ticket()}`))
  const before = await probe()
  const live = await open('live', 'live.v1')
  const terminal = await open('terminal', 'terminal.v1')
  const after = await probe()
  for (const [name, socket, bound] of [
    ['a probe opened before', before, 1024],
    ['a probe opened after', after, 1024],
    ['the live stream', live, 4096],
    ['a terminal', terminal, 1024 * 1024]
  ] as const) {
    const code = closed(socket)
    socket.send('x'.repeat(bound + 1))
    t.equal(await code, 1009, name)
  }
  const exact = await probe()
  t.equal(await echo(exact, 'x'.repeat(1024)), 'x'.repeat(1024))
})

t.test('a socket whose handler fails is closed, and the daemon goes on', async (t) => {
  const { app, headers, url, ticket } = await serve(t)
  app.live.serve = () => {
    throw new Error('a fault of ours')
  }
  const reply = await app.inject({ method: 'POST', url: '/api/live/ticket', headers })
  const at = url.replace('connection', 'live')
  const failed = opened(t, await handshake(at, ['live.v1', `ticket.${reply.json().ticket}`]))
  t.equal(await closed(failed), 1011)
  t.equal(await echo(opened(t, await handshake(`${url}?ticket=${await ticket()}`)), 'still here'), 'still here')
})

t.test('an invalid handshake is refused with the envelope, and logged', async (t) => {
  const written: string[] = []
  const stream = { write: (line: string) => written.push(line) }
  const { app, ticket } = await serve(t, { fastify: { logger: { level: 'info', stream } } })
  const good = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ=='
  }
  for (const bad of [
    { 'sec-websocket-key': 'short' },
    { 'sec-websocket-version': '7' },
    { 'sec-websocket-protocol': 'a, a' }
  ]) {
    const path = `/ws/connection?ticket=${await ticket()}`
    const reply = await new Promise<IncomingMessage>((resolve, fail) => {
      request({ port: portOf(app), path, headers: { ...good, ...bad } }, resolve)
        .on('error', fail)
        .end()
    })
    const body = JSON.parse((await reply.setEncoding('utf8').toArray()).join(''))
    t.match([reply.statusCode, body], [400, { success: false, error: String, message: String, code: 'VALIDATION' }])
    t.match(reply.headers, {
      connection: 'close',
      'sec-websocket-version': '13, 8',
      'x-content-type-options': 'nosniff'
    })
    const lines = written.map((line) => JSON.parse(line))
    t.match(
      lines.find(({ reqId }) => reqId === reply.headers['x-request-id'] && reqId !== undefined),
      { path: '/ws/connection', status: 400 }
    )
  }
})
