import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import t from 'tap'
import { temporaryFolder } from '../support/app.ts'
import { missing as noOpenssl, selfSigned } from '../support/certificates.ts'
import { until } from '../support/waiting.ts'
import { SECOND, withAlerts } from './rig.ts'

const PYTHON = '/usr/bin/python3'

function findMissing(): string | false {
  if (process.env.CI) return false
  try {
    execFileSync(PYTHON, ['-c', 'import aiosmtpd'], { stdio: 'ignore' })
    return noOpenssl
  } catch {
    return 'needs aiosmtpd: apt-get install python3-aiosmtpd'
  }
}
const skip = findMissing()

type Mode = 'starttls' | 'tls' | 'plain'
interface Mail {
  from: string
  to: string[]
  isEncrypted: boolean
  user: string | null
  data: string
}

/** A real mail server, and a daemon that trusts its certificate for `localhost`. */
async function withMailServer(t: Parameters<typeof withAlerts>[0], mode: Mode, trusts = true) {
  const folder = await temporaryFolder(t)
  const { cert_path: cert, key_path: key } = selfSigned(folder, 'mail', { names: 'DNS:localhost' })
  const child = spawn(PYTHON, [resolve(import.meta.dirname, 'smtpd.py'), mode, cert, key], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  t.teardown(() => child.kill())
  const lines = createInterface(child.stdout)
  const [port] = await once(lines, 'line')
  const mails: Mail[] = []
  lines.on('line', (line) => mails.push(JSON.parse(line)))
  const authorities = trusts ? [readFileSync(cert, 'utf8')] : []
  const rig = await withAlerts(t, { alerts: { authorities } })
  const settings = {
    host: 'localhost',
    port: Number(port),
    security: mode === 'plain' ? 'none' : mode,
    from: 'monitor@example.com',
    to: ['admin@example.com', 'night@example.com'],
    ...(mode === 'plain' ? {} : { username: 'monitor', password: 'mail-secret' })
  }
  const add = (more: object = {}) =>
    rig.add({ name: 'Mail', type: 'smtp', kinds: ['token'], settings: { ...settings, ...more } })
  const test = async (id: string) => (await rig.ask('POST', `/channels/${id}/test`)).json()
  return { ...rig, add, test, mails, child }
}

for (const mode of ['starttls', 'tls', 'plain'] as const)
  t.test(`a mail server takes messages: ${mode}`, { skip }, async (t) => {
    const { add, test, mails, app, pass } = await withMailServer(t, mode)
    const { id } = await add()
    t.match(await test(id), { is_delivered: true, status: 250, message: 'delivered' })
    app.auditLog.tokenMinted({ address: '203.0.113.7', user: 'jos\u{e9}' })
    await pass(31 * SECOND)
    await until(() => mails.length === 2)
    const [, mail] = mails
    t.match(mail, {
      from: 'monitor@example.com',
      to: ['admin@example.com', 'night@example.com'],
      isEncrypted: mode !== 'plain',
      user: mode === 'plain' ? null : 'monitor'
    })
    const [head, body] = mail!.data.split('\r\n\r\n') as [string, string]
    t.match(head, /^From: ProxMenux Monitor <monitor@example\.com>$/m)
    t.match(head, /^To: admin@example\.com, night@example\.com$/m)
    t.match(head, /^Message-ID: <[0-9a-f-]{36}@proxmenux-monitor>$/im)
    t.match(head, /^Auto-Submitted: auto-generated$/im)
    t.match(head, /^Subject: .*=\?UTF-8\?/m)
    t.match(body, /API token created by jos=C3=A9 from/)
    t.notMatch(JSON.stringify(mails), /mail-secret/)
  })

t.test('a wrong password and a refused recipient are told by their status only', { skip }, async (t) => {
  const { add, test, ask, mails } = await withMailServer(t, 'starttls')
  const { id } = await add({ password: 'wrong' })
  t.match(await test(id), { is_delivered: false, status: 535, message: 'the server refused the login (status 535)' })
  await ask('PATCH', `/channels/${id}`, { settings: { password: 'mail-secret', to: ['nobody@example.com'] } })
  const refused = await test(id)
  t.match(refused, { is_delivered: false, status: 550 })
  t.notMatch(JSON.stringify(refused), /secret answer/)
  t.same(mails, [])
})

t.test('the password is never sent without a trusted certificate of the right name', { skip }, async (t) => {
  const { add, test, mails } = await withMailServer(t, 'starttls', false)
  const { id } = await add()
  t.match(await test(id), { is_delivered: false, message: /certificate/ })
  t.same(mails, [])
  const trusting = await withMailServer(t, 'starttls')
  const { id: other } = await trusting.add({ host: '127.0.0.1' })
  t.match(await trusting.test(other), { is_delivered: false, message: /certificate|encryption/ })
  const plain = await withMailServer(t, 'plain')
  const { id: third } = await plain.add({ security: 'starttls', username: 'monitor', password: 'mail-secret' })
  t.match(await plain.test(third), { is_delivered: false, message: /encryption/ }, 'a server without STARTTLS')
  t.same([...trusting.mails, ...plain.mails], [])
})

t.test('loopback is refused for mail as for HTTP, also by its name', { skip }, async (t) => {
  const { add, test, folder, mails } = await withMailServer(t, 'plain')
  const { id } = await add()
  t.match(await test(id), { is_delivered: true })
  const file = `${folder}/alerts.json`
  await writeFile(file, readFileSync(file, 'utf8').replace('"allows_local": true', '"allows_local": false'))
  await until(async () => (await test(id)).is_delivered === false)
  const before = mails.length
  t.match(await test(id), { status: null, message: /^loopback addresses are only for channels/ })
  t.equal(mails.length, before)
})

t.test('a server that never greets, or talks for ever, ends with the deadline', async (t) => {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    const drip = setInterval(() => socket.write('2'), 20)
    socket.on('close', () => clearInterval(drip))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { add, ask } = await withAlerts(t, { alerts: { timeoutMs: 400 } })
  const { port } = server.address() as AddressInfo
  const settings = { host: '127.0.0.1', port, security: 'none', from: 'a@example.com', to: ['b@example.com'] }
  const { id } = await add({ name: 'Mail', type: 'smtp', settings })
  const since = performance.now()
  const reply = await ask('POST', `/channels/${id}/test`)
  t.match(reply.json(), { is_delivered: false, status: null, message: 'the server does not answer' })
  t.ok(performance.now() - since < 3000)
  await until(() => sockets.every((socket) => socket.destroyed))
})
