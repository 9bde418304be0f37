import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import t, { type Test } from 'tap'
import { type App, build, temporaryFolder } from '../support/app.ts'
import { missing, selfSigned } from '../support/certificates.ts'
import { largeFile } from '../support/large-file.ts'
import { connect as connectTerminal, serve } from '../support/terminals.ts'
import { passTime, until } from '../support/waiting.ts'
import { portOf } from '../support/web-sockets.ts'
import { ask, type Scheme } from '../tls/clients.ts'

t.setTimeout(300_000)

const WRITE_TIMEOUT_MS = 2000
const CLIENTS = 6
const COUNT = 220
/** More than the kernel buffers for a connection that is not read: some 7 MB of answers. */
const REQUESTS = `GET ${largeFile} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(COUNT)

const countOpen = (app: App) =>
  new Promise<number>((done, fail) => app.server.getConnections((error, count) => (error ? fail(error) : done(count))))
const countDescriptors = () => readdirSync('/proc/self/fd').length

/** A client that asks and never reads. */
async function askAndNeverRead(scheme: Scheme, port: number): Promise<Socket> {
  const socket =
    scheme === 'https'
      ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
      : connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {}).pause()
  await new Promise((done) => socket.once(scheme === 'https' ? 'secureConnect' : 'connect', done))
  socket.write(REQUESTS)
  return socket
}

async function listening(t: Test, scheme: Scheme) {
  const folder = await temporaryFolder(t)
  if (scheme === 'https') {
    const files = selfSigned(folder, 'server')
    await writeFile(join(folder, 'ssl_config.json'), JSON.stringify({ enabled: true, ...files }))
  }
  const app = await build(t, {}, { folder, fastify: { connectionTimeout: WRITE_TIMEOUT_MS } })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return app
}

for (const scheme of ['http', 'https'] as const) {
  const skip = scheme === 'https' && missing
  t.test(
    `clients that send requests over ${scheme} and never read are disconnected, and others are served`,
    { skip },
    async (t) => {
      const app = await listening(t, scheme)
      const port = portOf(app)
      await ask({ scheme, port, path: largeFile })
      await until(async () => (await countOpen(app)) === 0)
      const before = countDescriptors()

      const clients = await Promise.all(Array.from({ length: CLIENTS }, () => askAndNeverRead(scheme, port)))
      t.equal((await ask({ scheme, port, path: '/api/auth/status' })).status, 200, 'another client is served meanwhile')
      await until(async () => (await countOpen(app)) === 0)
      for (const client of clients) client.destroy()
      // The daemon opens some files of its own meanwhile.
      await until(() => countDescriptors() < before + CLIENTS)
      t.pass('every descriptor is free again')
    }
  )

  t.test(`a client that reads slowly over ${scheme} gets its whole answer`, { skip }, async (t) => {
    const port = portOf(await listening(t, scheme))
    const socket = await askAndNeverRead(scheme, port)
    t.teardown(() => socket.destroy())
    const last = 'GET /api/auth/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
    socket.write(last)
    let bytes = 0
    let tail = ''
    const ended = new Promise<void>((done) => socket.once('close', () => done()))
    // For several time-outs it takes 128 KiB at a time: less would be hidden by what the kernel buffers, and to the daemon
    // nothing would move.
    const begin = performance.now()
    let pausedAt = 0
    socket.on('data', (chunk) => {
      bytes += chunk.length
      tail = (tail + chunk.toString('latin1')).slice(-2000)
      if (performance.now() - begin > 2 * WRITE_TIMEOUT_MS || bytes - pausedAt < 128 * 1024) return
      pausedAt = bytes
      socket.pause()
      void passTime(WRITE_TIMEOUT_MS / 20).then(() => socket.resume())
    })
    socket.resume()
    await ended
    t.ok(bytes > COUNT * 30_000, `${bytes} bytes came`)
    t.match(tail, /auth_configured/, 'and the last answer is among them')
  })
}

t.test('a slow handler is waited for beyond the connection timeout', async (t) => {
  const app = await build(t, {}, { fastify: { connectionTimeout: 100 } })
  app.get('/slow', { config: { access: 'open', isStatic: true } }, async () => {
    // Several times the time-out of a connection on which nothing moves.
    await passTime(500)
    return 'made'
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.equal((await ask({ scheme: 'http', port: portOf(app), path: '/slow' })).body, 'made')
})

t.test('a WebSocket whose client keeps sending and never reads is closed', async (t) => {
  const { app, headers } = await serve(t)
  const terminal = await connectTerminal(t, app, headers, [])
  terminal.socket.send('yes\n')
  await terminal.shows(/y\r\ny\r\n/)
  terminal.socket.on('error', () => {}).pause()
  const sending = setInterval(() => terminal.socket.send('x'), 20)
  t.teardown(() => clearInterval(sending))
  const other = await connectTerminal(t, app, headers, [])
  // After two pings, 20 s apart.
  await until(() => app.terminal.count() === 1)
  t.equal(other.socket.readyState, other.socket.OPEN, 'a client that reads stays connected')
})
