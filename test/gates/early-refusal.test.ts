import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { promisify } from 'node:util'
import t from 'tap'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import { missing as missingOpenssl, selfSigned } from '../support/certificates.ts'
import { listen as listenSecurely, tlsDaemon } from '../tls/daemon.ts'

const MIB = 1024 * 1024
const run = promisify(execFile)
const withoutCurl = existsSync('/usr/bin/curl') || process.env.CI ? false : 'needs curl: apt-get install curl'

async function listen(t: Parameters<typeof build>[0]) {
  const app = await build(t)
  const token = await setUp(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  return { token, port, base: `http://127.0.0.1:${port}` }
}

const headOf = (path: string, more: string[]) =>
  [`POST ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Content-Type: application/json', ...more, '', ''].join('\r\n')

/** Sends the head, then `bytes` of body without reading; what came back, how it ended, and how much was sent. */
function sendRaw(port: number, head: string, bytes: number, after = '', isSecure = false) {
  return new Promise<{ text: string; fault: string | null; sent: number; ms: number }>((resolve) => {
    const began = performance.now()
    const socket = isSecure
      ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
      : connect(port, '127.0.0.1')
    const chunk = Buffer.alloc(64 * 1024, 'x')
    let text = ''
    let fault: string | null = null
    let sent = 0
    const pump = () => {
      while (sent < bytes && !socket.destroyed) {
        const part = chunk.subarray(0, Math.min(chunk.length, bytes - sent))
        sent += part.length
        if (!socket.write(part)) return void socket.once('drain', pump)
      }
      if (after !== '') socket.write(after)
    }
    socket.on('data', (data) => {
      text += data
    })
    socket.on('error', ({ message }) => {
      fault = message
    })
    socket.on('close', () => resolve({ text, fault, sent, ms: performance.now() - began }))
    socket.write(head)
    pump()
  })
}

t.test('a refusal reaches a client that is still sending, and the connection is closed cleanly', async (t) => {
  const { port, token } = await listen(t)
  const length = `Content-Length: ${5 * MIB}`
  const bodies: [string, string[], number][] = [
    ['/api/auth/login', [length], 413],
    ['/api/auth/login', [length, 'Connection: close'], 413],
    ['/api/users', [length, 'Connection: close'], 401],
    ['/api/auth/profile/avatar', [length, 'Connection: close', `Authorization: Bearer ${token}`], 415]
  ]
  for (const [path, more, status] of bodies)
    for (let i = 0; i < 5; i++) {
      const { text, fault } = await sendRaw(port, headOf(path, more), 5 * MIB)
      t.equal(fault, null, `${path} ${i}`)
      t.match(text, new RegExp(`^HTTP/1.1 ${status} `), path)
      t.match(text, /\r\n\r\n\{"success":false,.*\}$/, 'the whole envelope')
    }
})

t.test('a refusal over HTTPS reaches a client that is still sending', { skip: missingOpenssl }, async (t) => {
  const { app, folder, call } = await tlsDaemon(t)
  const port = await listenSecurely(app)
  t.equal((await call('configure', selfSigned(folder, 'server'))).statusCode, 200)
  const head = headOf('/api/auth/login', [`Content-Length: ${5 * MIB}`])
  for (let i = 0; i < 5; i++) {
    const { text, fault } = await sendRaw(port, head, 5 * MIB, '', true)
    t.equal(fault, null)
    t.match(text, /^HTTP\/1.1 413 [\s\S]*"code":"TOO_LARGE"\}$/)
  }
})

t.test('a chunked body over the limit is refused like one with a declared length', async (t) => {
  const { port } = await listen(t)
  // Chunks of one size, sent by hand, so that the refusal comes in the middle.
  const chunks = Array.from({ length: 80 }, () => `10000\r\n${'x'.repeat(0x10000)}\r\n`).join('')
  const head = headOf('/api/auth/login', ['Transfer-Encoding: chunked'])
  const { text, fault } = await sendRaw(port, head, 0, `${chunks}0\r\n\r\n`)
  t.equal(fault, null)
  t.match(text, /^HTTP\/1.1 413 [\s\S]*"code":"TOO_LARGE"\}$/)
})

t.test('the connection serves the next request after a refusal that keeps it open', async (t) => {
  const { port } = await listen(t)
  const head = headOf('/api/users', [`Content-Length: ${5 * MIB}`])
  const next = 'GET /api/system-info HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'
  const { text, fault } = await sendRaw(port, head, 5 * MIB, next)
  t.equal(fault, null)
  t.same(text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 401', 'HTTP/1.1 200'])
})

const body = Buffer.alloc(5 * MIB, 'x')

t.test('fetch sees the 413', async (t) => {
  const { base, token } = await listen(t)
  const headers = { 'content-type': 'application/json', ...bearer(token) }
  for (let i = 0; i < 5; i++) {
    const reply = await fetch(`${base}/api/auth/login`, { method: 'POST', headers, body })
    t.equal(reply.status, 413)
    t.match(await reply.json(), { success: false, code: 'TOO_LARGE', error: 'the request body is too large' })
  }
})

t.test('curl sees the 413', { skip: withoutCurl }, async (t) => {
  const { base } = await listen(t)
  const file = join(await temporaryFolder(t), 'body')
  await writeFile(file, body)
  const args = ['-sS', '-w', '\n%{http_code}', '-H', 'content-type: application/json', '-H', 'expect:']
  const { stdout, stderr } = await run('curl', [...args, '--data-binary', `@${file}`, `${base}/api/auth/login`])
  t.equal(stderr, '')
  t.match(stdout, /^\{"success":false.*\}\n413$/)
})

t.test('after a refusal at most 8 MiB of the body are read', async (t) => {
  const { port } = await listen(t)
  const head = headOf('/api/users', [`Content-Length: ${1024 * MIB}`])
  const { text, sent, ms } = await sendRaw(port, head, 1024 * MIB)
  t.match(text, /^HTTP\/1\.1 401 /)
  // The kernel’s buffers take some more.
  t.ok(sent >= 8 * MIB && sent < 40 * MIB, `${sent} bytes`)
  t.ok(ms < 4000, `${ms} ms`)
})

t.test('after a refusal the body is read for at most 5 s', async (t) => {
  const { port } = await listen(t)
  const head = headOf('/api/users', [`Content-Length: ${5 * MIB}`])
  const { text, ms } = await sendRaw(port, head, 1000)
  t.match(text, /^HTTP\/1\.1 401 [\s\S]*\}$/)
  t.ok(ms > 4500 && ms < 9000, `${ms} ms`)
})
