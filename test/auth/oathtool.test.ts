import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import t from 'tap'
import { type App, bearer, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'

/** Programs of Debian's that know nothing of ours; on a user's machine a test says what would run it, on CI it fails. */
const needs = (program: string, debianPackage: string) =>
  existsSync(`/usr/bin/${program}`) || process.env.CI ? false : `needs ${program}: apt-get install ${debianPackage}`

const USER = 'Žofie O’Hara'

const call = (app: App, url: string, payload: object, headers = {}) =>
  app.inject({ method: 'POST', url: `/api/auth/${url}`, payload, headers })
const login = (app: App, code?: string) => {
  const second = code === undefined ? {} : { totp_token: code }
  return call(app, 'login', { username: USER, password: PASSWORD, ...second })
}

/** The code at a time, as the phone in somebody's hand shows it. */
const oathtool = (secret: string, at: number) =>
  execFileSync('oathtool', ['--totp', '--base32', '--now', `@${at / 1000}`, secret], { encoding: 'utf8' }).trim()

/** What a camera reads off the picture. */
async function scan(folder: string, dataUrl: string): Promise<string> {
  const svg = Buffer.from(dataUrl.split(',')[1]!, 'base64')
  const file = join(folder, 'screen.png')
  await sharp(svg).resize(600).png().toFile(file)
  return execFileSync('zbarimg', ['--quiet', '--raw', '--nodbus', file], { encoding: 'utf8' }).trim()
}

t.test('the QR code can be scanned', { skip: needs('zbarimg', 'zbar-tools') }, async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const enrolment = (await call(app, 'totp/setup', {}, bearer(await setUp(app, USER)))).json()
  const scanned = new URL(await scan(folder, enrolment.qr_code))
  t.equal(scanned.href, enrolment.otpauth_url)
  t.equal(decodeURIComponent(scanned.pathname), `/ProxMenux Monitor:${USER}`)
  t.equal(scanned.searchParams.get('secret'), enrolment.secret)
})

const skip = needs('oathtool', 'oathtool')
t.test('with oathtool for a phone: enrol, log out, log in, lose everything, recover by hand', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  let now = 1_800_000_000_000
  const app = await build(t, {}, { folder, now: () => now })
  const headers = bearer(await setUp(app, USER))
  const enrolment = (await call(app, 'totp/setup', {}, headers)).json()

  const secret = new URL(enrolment.otpauth_url).searchParams.get('secret')!

  t.equal((await call(app, 'totp/enable', { token: oathtool(secret, now) }, headers)).statusCode, 200)
  t.equal((await call(app, 'logout', {}, headers)).statusCode, 200)
  t.match((await login(app)).json(), { requires_totp: true, code: 'TOTP_REQUIRED' })
  now += 30_000
  const code = oathtool(secret, now)
  t.equal((await login(app, code)).statusCode, 200)
  t.equal((await login(app, code)).json().code, 'TOTP_INVALID')
  // A phone that is up to a step fast is right as well.
  t.equal((await login(app, oathtool(secret, now + 30_000))).statusCode, 200)

  for (const backupCode of enrolment.backup_codes) t.equal((await login(app, backupCode)).statusCode, 200)
  for (const backupCode of enrolment.backup_codes.slice(0, 2))
    t.equal((await login(app, backupCode)).json().code, 'TOTP_INVALID')

  const path = join(folder, 'auth.json')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace('"totp_enabled": true', '"totp_enabled": false'))
  await until(() => app.authStore.snapshot().owner?.totpSecret === null)
  const recovered = await login(app)
  t.equal(recovered.statusCode, 200)
  const again = (await call(app, 'totp/setup', {}, bearer(recovered.json().token))).json()
  const enabled = await call(app, 'totp/enable', { token: oathtool(again.secret, now) }, bearer(recovered.json().token))
  t.equal(enabled.statusCode, 200)
  t.equal((await login(app, oathtool(again.secret, now + 30_000))).statusCode, 200)
})
