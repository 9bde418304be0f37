import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { createTimeout } from '../../lib/concurrency/with-timeout.ts'
import { type App, bearer, temporaryFolder } from '../support/app.ts'
import { concatenate, type Files, missing, selfSigned } from '../support/certificates.ts'
import { mintApiToken } from '../support/tokens.ts'
import { passTime, quietFor, until } from '../support/waiting.ts'
import { tlsDaemon } from './daemon.ts'

const skip = missing
t.setTimeout(300_000)

const DAY_MS = 86_400_000
const settings = (files: Files, more: object = {}) =>
  JSON.stringify({ enabled: true, ...files, source: 'custom', ...more })
const healthOf = async (app: App): Promise<string> => {
  const headers = { 'x-forwarded-proto': 'https' }
  return (await app.inject({ url: '/api/system-info', headers })).json().health.summary
}
const logOf = (folder: string) => readFile(join(folder, 'auth.log'), 'utf8')

async function withSettings(
  t: Parameters<typeof temporaryFolder>[0],
  text: (files: Files) => string,
  now?: () => number
) {
  const folder = await temporaryFolder(t)
  const files = selfSigned(folder, 'configured')
  await writeFile(join(folder, 'ssl_config.json'), text(files))
  return { files, ...(await tlsDaemon(t, { folder, ...(now ? { now } : {}) })) }
}

t.test('renewed files are loaded automatically, also if one is written before the other', { skip }, async (t) => {
  const { files, folder, app, status } = await withSettings(t, settings)
  const before = (await status()).certificate!
  const renewed = selfSigned(folder, 'renewed')
  await rename(renewed.cert_path, files.cert_path)
  // As a program that renews writes one after the other.
  await passTime(20)
  await rename(renewed.key_path, files.key_path)
  await until(async () => (await status()).certificate!.fingerprint_sha256 !== before.fingerprint_sha256)
  t.match(await status(), { certificate: { subject: /renewed/ }, fault: null, self_signed: false })
  await app.close()
  t.match(await logOf(folder), /INFO {4}proxmenux\.auth: TLS certificate renewed; rhost=- user=- target=\/\S+\n/)
  t.equal((await logOf(folder)).match(/TLS certificate/g)?.length, 1)
})

t.test('a broken renewal is reported and keeps the old certificate until it is repaired', { skip }, async (t) => {
  let now = Date.now()
  const { files, folder, app } = await withSettings(t, settings, () => now)
  // Without a session, which two days would end.
  const status = () => app.tls.describe('localhost')
  const { certificate } = await status()
  const good = await readFile(files.cert_path)
  await writeFile(files.cert_path, good.subarray(0, 200))
  await until(async () => (await status()).fault !== null)
  t.match(await status(), {
    enabled: true,
    certificate: { fingerprint_sha256: certificate!.fingerprint_sha256 },
    self_signed: false,
    fault: 'the certificate file holds no certificate in PEM form'
  })
  await rm(files.key_path)
  const other = selfSigned(folder, 'other', { days: 1 })
  await rename(other.cert_path, files.cert_path)
  await until(async () => /key file does not exist/.test((await status()).fault!))
  now += 2 * DAY_MS
  await rename(other.key_path, files.key_path)
  await until(async () => /certificate file expired/.test((await status()).fault!))
  t.match(await status(), { certificate: { subject: /configured/ } })
  const mended = selfSigned(folder, 'configured')
  t.same(mended, files)
  await until(async () => (await status()).fault === null)
  t.not((await status()).certificate!.fingerprint_sha256, certificate!.fingerprint_sha256)
  await app.close()
  t.match(await logOf(folder), /WARNING proxmenux\.auth: TLS certificate cannot be used; rhost=- user=- target=\/\S+\n/)
})

t.test(
  'a certificate broken at the start means a self-signed one, never plain HTTP, until it is repaired',
  { skip },
  async (t) => {
    for (const [name, text, fault] of [
      ['no such files', (f: Files) => settings({ ...f, cert_path: '/nowhere.pem' }), /certificate file does not exist/],
      ['no paths', () => '{"enabled": true}', /certificate file needs an absolute path/],
      ['another key', (f: Files) => settings({ ...f, key_path: f.cert_path }), /key file holds no private key/],
      ['settings cut off', (f: Files) => settings(f).slice(0, 30), /ssl_config\.json cannot be read/],
      ['settings of another kind', () => '{"enabled": "yes"}', /ssl_config\.json cannot be read/],
      ['empty settings', () => '', /ssl_config\.json cannot be read/]
    ] as const) {
      const { app, folder, files, status } = await withSettings(t, text)
      t.equal(app.tlsListener.isOn(), true, name)
      t.equal((await app.inject('/api/auth/status')).json().code, 'HTTPS_REQUIRED', name)
      t.match(await status(), {
        enabled: true,
        protocol: 'https',
        self_signed: true,
        fault,
        certificate: { self_signed: true }
      })
      t.match(await healthOf(app), /HTTPS certificate cannot be used/)
      await writeFile(join(folder, 'ssl_config.json'), settings(files))
      await until(async () => !(await status()).self_signed)
      t.match(await status(), { fault: null, certificate: { subject: /configured/ }, cert_path: files.cert_path })
      t.notMatch(await healthOf(app), /HTTPS/)
      await app.close()
      t.match(await logOf(folder), /TLS certificate cannot be used; .*\n.*self-signed TLS certificate in use; /)
    }
  }
)

t.test(
  'files that appear after the start, as /etc/pve does, replace the self-signed certificate',
  { skip },
  async (t) => {
    const { status, folder } = await withSettings(t, ({ key_path }) =>
      settings({ key_path, cert_path: `${key_path}.later` })
    )
    t.equal((await status()).self_signed, true)
    await concatenate(join(folder, 'configured.key.later'), join(folder, 'configured.pem'))
    await until(async () => !(await status()).self_signed)
    t.match(await status(), { fault: null, certificate: { subject: /configured/ } })
  }
)

t.test('an expired or not yet valid certificate is preferred to a self-signed one', { skip }, async (t) => {
  for (const [offset, summary, warning] of [
    [91, /HTTPS certificate has expired/, /has expired/],
    [85, /HTTPS certificate expires soon/, /expires in 4 days/],
    [-1, /HTTPS certificate is not valid yet/, /not valid yet/]
  ] as const) {
    const { app, status } = await withSettings(t, settings, () => Date.now() + offset * DAY_MS)
    t.match(await status(), { enabled: true, self_signed: false, certificate: { subject: /configured/ } })
    t.match((await status()).warnings.join(), warning)
    t.match(await healthOf(app), summary)
  }
})

t.test('settings edited by hand are applied, and removed or broken ones change nothing', { skip }, async (t) => {
  const { app, folder, files, status } = await withSettings(t, () => '{"enabled": false}')
  const path = join(folder, 'ssl_config.json')
  t.equal(app.tlsListener.isOn(), false)
  await writeFile(path, settings(files))
  await until(() => app.tlsListener.isOn())
  t.match(await status(), { certificate: { subject: /configured/ }, self_signed: false })
  for (const breakIt of [() => writeFile(path, '{'), () => rm(path)]) {
    await breakIt()
    await quietFor(1500)
    t.equal(app.tlsListener.isOn(), true)
    t.equal((await status()).self_signed, false)
  }
  await writeFile(path, '{"enabled": true, "cert_path": "/nowhere.pem"}')
  await until(async () => (await status()).fault !== null)
  t.match(await status(), { self_signed: false, certificate: { subject: /configured/ } }, 'the one before stays')
  await writeFile(path, '{"enabled": false}')
  await until(() => !app.tlsListener.isOn())
  await writeFile(path, '{"enabled": true}')
  await until(() => app.tlsListener.isOn())
  t.equal((await status()).self_signed, true, 'what was switched on is not served in the clear')
  await app.close()
  const events = (await logOf(folder)).match(/HTTPS (?:on|off); rhost=- user=-/g)
  t.match(events, [/on/, /off/, /on/])
})

t.test('a key readable by other users is a warning, for callers who may see it', { skip }, async (t) => {
  const { app, files, status } = await withSettings(t, settings)
  await chmod(files.key_path, 0o644)
  await app.tls.refresh()
  const token = { ...bearer(mintApiToken(app, { scope: 'full_admin' })), 'x-forwarded-proto': 'https' }
  t.match((await status(token)).warnings.join(), /every user of this host/)
  const readOnly = { ...bearer(mintApiToken(app, { scope: 'read_only' })), 'x-forwarded-proto': 'https' }
  t.same((await status(readOnly)).success, true)
})

t.test('a file system that hangs holds one poll, and no other caller', async (t) => {
  const withTimeout = createTimeout(50)
  const { promise: hang, resolve: recover } = Promise.withResolvers<string>()
  let looks = 0
  const look = () => {
    looks++
    return hang
  }
  t.equal(await withTimeout(look, 'hangs'), 'hangs')
  t.equal(await withTimeout(look, 'hangs'), 'hangs')
  t.equal(await withTimeout(look, 'hangs'), 'hangs')
  t.equal(looks, 1)
  recover('back')
  await nextTurn()
  t.equal(await withTimeout(look, 'hangs'), 'back')
  await t.rejects(
    withTimeout(() => Promise.reject(new Error('broken')), 'hangs'),
    /broken/
  )
})
