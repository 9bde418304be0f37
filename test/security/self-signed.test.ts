import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { smallDisk } from '../attack/small-disk.ts'
import { bearer, build, temporaryFolder } from '../support/app.ts'
import { missing, openssl, selfSigned } from '../support/certificates.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'
import { until } from '../support/waiting.ts'
import { listen, tlsDaemon } from '../tls/daemon.ts'

const skip = missing
const DAY_MS = 86_400_000
const settingsOf = async (folder: string) => JSON.parse(await readFile(join(folder, 'ssl_config.json'), 'utf8'))
const filesIn = (folder: string) => readdir(join(folder, 'tls')).then((names) => names.sort())
const namesOf = ({ cert_path, key_path }: { cert_path: string; key_path: string }) =>
  [cert_path, key_path].map((path) => path.slice(dirname(path).length + 1)).sort()
const modeOf = async (path: string) => (await stat(path)).mode & 0o777

t.test('one request makes a certificate and turns HTTPS on with it', { skip }, async (t) => {
  const { app, folder, call, status } = await tlsDaemon(t)
  const made = await call('self-signed')
  t.equal(made.statusCode, 200, made.body)
  const reply = made.json()
  t.match(reply, {
    success: true,
    message: 'HTTPS is on',
    restarting: false,
    new_protocol: 'https',
    certificate: { key_type: 'EC P-256', self_signed: true, chain_length: 1, days_left: 395 },
    warnings: [/self-signed/]
  })
  const { cert_path, key_path } = reply
  t.same(await settingsOf(folder), { enabled: true, cert_path, key_path, source: 'custom' })
  t.match(await status(), { enabled: true, source: 'custom', cert_path, fault: null, certificate: reply.certificate })
  t.same([await modeOf(key_path), await modeOf(cert_path), await modeOf(dirname(key_path))], [0o600, 0o600, 0o700])
  t.same(await filesIn(folder), namesOf(reply), 'and no temporary file')
  t.equal((await call('self-signed')).statusCode, 200)
  await app.close()
  const lines = (await readFile(join(folder, 'auth.log'), 'utf8')).split('\n').filter((line) => /HTTPS|TLS/.test(line))
  t.match(lines, [/HTTPS on; rhost=127\.0\.0\.1 user=admin target=\/.*\.pem$/, /TLS certificate changed; /])
})

t.test('OpenSSL accepts the certificate, for the names and addresses of this host', { skip }, async (t) => {
  const { call } = await tlsDaemon(t)
  const { cert_path, certificate } = (await call('self-signed', { names: ['nas.example.lan'] })).json()
  for (const [kind, name] of [
    ['hostname', 'localhost'],
    ['hostname', 'nas.example.lan'],
    ['ip', '127.0.0.1']
  ] as const) {
    const options = ['-x509_strict', '-purpose', 'sslserver', `-verify_${kind}`, name]
    t.match(openssl('verify', '-CAfile', cert_path, ...options, cert_path), /: OK/, name)
  }
  t.throws(() => openssl('verify', '-CAfile', cert_path, '-verify_hostname', 'example.org', cert_path))
  t.throws(() => openssl('verify', '-CAfile', cert_path, '-purpose', 'sslclient', cert_path))
  const print = (...what: string[]) => openssl('x509', '-noout', '-in', cert_path, ...what).trim()
  t.match(print('-fingerprint', '-sha256'), new RegExp(`=${certificate.fingerprint_sha256}$`, 'i'))
  t.match(print('-ext', 'basicConstraints,keyUsage,extendedKeyUsage'), /CA:FALSE/)
  t.match(print('-ext', 'extendedKeyUsage'), /TLS Web Server Authentication/)
  t.match(print('-ext', 'keyUsage'), /Digital Signature$/)
  t.match(print('-serial'), /^serial=[0-9A-F]{17,40}$/, 'more than 64 bits')
  t.match(print('-text'), /Signature Algorithm: ecdsa-with-SHA256[\s\S]*ASN1 OID: prime256v1/)
  const [from, to] = [Date.parse(certificate.valid_from), Date.parse(certificate.valid_to)]
  t.equal((to - from) / DAY_MS, 397)
  t.ok(from < Date.now() - DAY_MS / 2, 'it is valid for a client whose clock is behind')
})

t.test('curl reaches the daemon with the certificate as its only authority', { skip }, async (t) => {
  if (!existsSync('/usr/bin/curl')) return t.comment('not tried: needs curl')
  const { app, call } = await tlsDaemon(t)
  const port = await listen(app)
  const { cert_path } = (await call('self-signed')).json()
  const curl = async (...args: string[]) => {
    const child = spawn('curl', ['-sS', '-m', '10', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data))
    const code = await new Promise((done) => child.on('close', done))
    return { code, text }
  }
  for (const host of ['localhost', '127.0.0.1']) {
    const reply = await curl('--cacert', cert_path, `https://${host}:${port}/api/system-info`)
    t.match(reply, { code: 0, text: /"success":true|"name"/ }, host)
  }
  t.match(await curl(`https://localhost:${port}/api/system-info`), { code: 60 }, 'which is not trusted otherwise')
})

t.test('the certificate names the address of the request, and what the request adds', { skip }, async (t) => {
  const overrides = { allowedHosts: ['monitor.example.lan'], publicUrl: 'https://pve1.example.com:8008' }
  const { app, secure } = await tlsDaemon(t, {}, overrides)
  const make = async (host: string, payload = {}) => {
    const headers = { ...secure, host }
    return app.inject({ method: 'POST', url: '/api/ssl/self-signed', headers, payload })
  }
  const names = async (host: string, payload = {}): Promise<string[]> =>
    (await make(host, payload)).json().certificate.names
  const own = await names('203.0.113.9:8008')
  for (const name of ['monitor.example.lan', 'pve1.example.com', 'localhost', '127.0.0.1', '203.0.113.9'])
    t.ok(own.includes(name), name)
  t.notOk((await names('unknown.example.org')).includes('unknown.example.org'), 'a name that is not of this host')
  const added = await names('localhost', { names: ['NAS.lan', '2001:db8::5', 'höst.example', 'nas.lan'] })
  t.same(
    ['nas.lan', '2001:db8::5', 'xn--hst-sna.example'].filter((name) => !added.includes(name)),
    [],
    'added names'
  )
  t.equal(new Set(added).size, added.length, 'each once')
  for (const name of ['', 'two words', '*.lan', 'http://nas.lan', `${'a'.repeat(64)}.lan`, 7]) {
    const refused = (await make('localhost', { names: ['ok.lan', name] })).json()
    t.match(refused, { code: 'VALIDATION', details: [{ path: 'body/names/1' }] }, String(name))
  }
  t.match((await make('localhost', { names: Array(21).fill('a.lan') })).json(), { code: 'VALIDATION' })
})

t.test('an unconfirmed change goes back to the certificate before it', { skip }, async (t) => {
  const { app, folder, call, secure, status } = await tlsDaemon(t)
  const first = (await call('self-signed')).json()
  const second = (await call('self-signed', { confirm_within: 10 })).json()
  t.not(second.certificate.fingerprint_sha256, first.certificate.fingerprint_sha256)
  t.same(await filesIn(folder), [...namesOf(first), ...namesOf(second)].sort(), 'both pairs are there')
  t.match(await status(), { certificate: second.certificate, pending: { seconds_left: 10 } })
  t.match((await call('self-signed')).json(), { code: 'CONFLICT', message: /waiting for confirmation/ })
  t.same(await filesIn(folder), [...namesOf(first), ...namesOf(second)].sort(), 'the refused one left no file')
  const url = '/api/security/confirm-change'
  t.equal((await app.inject({ method: 'DELETE', url, headers: { ...secure } })).statusCode, 200)
  t.match(await status(), { enabled: true, certificate: first.certificate, fault: null })
  const third = (await call('self-signed')).json()
  t.same(await filesIn(folder), [...namesOf(first), ...namesOf(third)].sort(), 'the unused pair is removed')
})

t.test('files of others in the folder stay, and what a killed writer left goes', { skip }, async (t) => {
  const { folder, call } = await tlsDaemon(t)
  await mkdir(join(folder, 'tls'))
  for (const name of [
    'note.txt',
    'self-signed.pem',
    'self-signed-0123abcd.key.bak',
    '.self-signed-0123abcd.key.0a0b0c0d0e0f.tmp',
    'self-signed-0123abcd.key'
  ])
    await writeFile(join(folder, 'tls', name), '')
  const own = selfSigned(join(folder, 'tls'), 'mine')
  const made = (await call('self-signed')).json()
  const left = ['note.txt', 'self-signed.pem', 'self-signed-0123abcd.key.bak', ...namesOf(own), ...namesOf(made)]
  t.same(await filesIn(folder), left.sort())
})

t.test('requests at the same time leave one certificate in use', { skip }, async (t) => {
  const { folder, call, status } = await tlsDaemon(t)
  const replies = await Promise.all(Array.from({ length: 4 }, () => call('self-signed', { confirm_within: 60 })))
  t.same(replies.map(({ statusCode }) => statusCode).sort(), [200, 409, 409, 409])
  const winner = replies.find(({ statusCode }) => statusCode === 200)!.json()
  t.match(await status(), { certificate: winner.certificate })
  t.same(await filesIn(folder), namesOf(winner))

  const other = await tlsDaemon(t)
  const all = await Promise.all(Array.from({ length: 4 }, () => other.call('self-signed')))
  t.same(
    all.map(({ statusCode }) => statusCode),
    [200, 200, 200, 200]
  )
  const { cert_path, key_path } = await settingsOf(other.folder)
  t.match(await other.status(), { cert_path, fault: null })
  const files = await filesIn(other.folder)
  t.ok(files.length <= 4, 'the one in use and the one before it')
  for (const name of namesOf({ cert_path, key_path })) t.ok(files.includes(name), name)
})

/** A daemon whose configuration folder is on a small disk. */
async function onSmallDisk(t: Test, kib = 512) {
  const disk = await smallDisk(t, await temporaryFolder(t), kib)
  if (disk === null) return null
  const folder = await temporaryFolder(t)
  const daemon = await tlsDaemon(t, { folder }, { configDir: disk.path, sslConfig: join(folder, 'ssl_config.json') })
  return { disk, ...daemon }
}

t.test('on a full or read-only disk the request fails, and nothing has changed', { skip }, async (t) => {
  const rig = await onSmallDisk(t)
  if (!rig) return
  const { disk, call, status } = rig
  const before = (await call('self-signed')).json()
  const files = await filesIn(disk.path)
  await disk.fill()
  const full = await call('self-signed')
  t.equal(full.statusCode, 503, full.body)
  t.match(full.json(), { code: 'BUSY', message: /cannot be written: the disk is full$/ })
  t.same(await filesIn(disk.path), files)
  t.match(await status(), { certificate: before.certificate, cert_path: before.cert_path, fault: null })
  await disk.makeRoom()
  disk.setWritable(false)
  const readOnly = await call('self-signed')
  t.match(readOnly.json(), { code: 'BUSY', message: /cannot be written: the file system is read-only$/ })
  disk.setWritable(true)
  t.match(await status(), { certificate: before.certificate, fault: null })
  t.equal((await call('self-signed')).statusCode, 200)
})

t.test('settings that cannot be stored leave the old certificate, and no file', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const disk = await smallDisk(t, folder)
  if (disk === null) return
  const overrides = { sslConfig: join(disk.path, 'ssl_config.json') }
  const { app, call, status } = await tlsDaemon(t, { folder }, overrides)
  for (const confirm of [{}, { confirm_within: 60 }]) {
    disk.setWritable(false)
    const refused = await call('self-signed', confirm)
    t.match(refused.json(), { code: 'BUSY', message: /ssl_config\.json cannot be written/ }, refused.body)
    t.same(await filesIn(folder), [])
    t.match(await status(), { enabled: false, certificate: null })
    t.equal(app.pendingChange.describe(), null)
    disk.setWritable(true)
  }
  await writeFile(overrides.sslConfig, '{"enabled": tru')
  await until(async () => (await call('disable')).statusCode === 409)
  const broken = await call('self-signed')
  t.match(broken.json(), { code: 'CONFLICT', message: /ssl_config\.json cannot be read; fix it first/ })
  t.same(await filesIn(folder), [])
})

t.test('a folder in the place of another file is a clear refusal', { skip }, async (t) => {
  const { folder, call, status } = await tlsDaemon(t)
  await writeFile(join(folder, 'tls'), '')
  const refused = await call('self-signed')
  t.match(refused.json(), { code: 'BUSY', message: /cannot be written: / }, refused.body)
  t.match(await status(), { enabled: false })
})

t.test('with a clock that cannot be right no certificate is made', { skip }, async (t) => {
  const { folder, call, status } = await tlsDaemon(t, { now: () => Date.UTC(1970, 0, 2) })
  const refused = await call('self-signed')
  t.equal(refused.statusCode, 409, refused.body)
  t.match(refused.json(), { code: 'CONFLICT', message: /^the clock of this host shows 1970-01-02.*timedatectl/ })
  t.match(await status(), { enabled: false })
  await t.rejects(filesIn(folder), { code: 'ENOENT' })
})

t.test('it requires the permission and a confirmation, and is refused to API tokens', { skip }, async (t) => {
  const { app, folder, call } = await tlsDaemon(t)
  const unconfirmed = (await openSession(app)).headers
  t.equal((await call('self-signed', {}, unconfirmed)).json().code, 'STEP_UP_REQUIRED')
  const token = bearer(mintApiToken(app, { scope: 'full_admin' }))
  t.equal((await call('self-signed', {}, token)).json().code, 'SCOPE')
  t.equal((await call('self-signed', {}, {})).json().code, 'TOKEN_MISSING')
  await t.rejects(filesIn(folder), { code: 'ENOENT' })
  const open = await build(t)
  await open.inject({ method: 'POST', url: '/api/auth/skip', payload: {} })
  const declined = await open.inject({ method: 'POST', url: '/api/ssl/self-signed', payload: {} })
  t.equal(declined.json().code, 'NO_ACCOUNT')
})
