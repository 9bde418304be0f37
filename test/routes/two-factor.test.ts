import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import t from 'tap'
import type { AuthFile } from '../../schemas/auth-file.ts'
import { type App, bearer, build, PASSWORD, setUp, temporaryFolder } from '../helper.ts'
import { openSession } from '../sessions.ts'
import { mintApiToken } from '../tokens.ts'

type Headers = Record<string, string>
const START = 1_800_000_000_000
const MINUTE = 60_000

const post = (app: App, path: string, payload: object, headers: Headers = {}) =>
  app.inject({ method: 'POST', url: `/api/auth/${path}`, payload, headers })
const get = async (app: App, path: string, headers: Headers) =>
  (await app.inject({ url: `/api/auth/${path}`, headers })).json()
const isAlive = async (app: App, headers: Headers) => (await get(app, 'me', headers)).success === true
const codeOf = (secret: string, at: number) => new TOTP({ secret }).generate({ timestamp: at })
const login = (app: App, code?: string) =>
  post(app, 'login', { username: 'admin', password: PASSWORD, ...(code === undefined ? {} : { totp_token: code }) })
const fileOf = async (folder: string): Promise<AuthFile> =>
  JSON.parse(await readFile(join(folder, 'auth.json'), 'utf8'))
const logOf = (folder: string) => readFile(join(folder, 'auth.log'), 'utf8')

const sessionOf = async (app: App, userId = 1, amr = ['pwd']): Promise<Headers> =>
  (await openSession(app, userId, { amr })).headers

/** A daemon whose time a test sets, with an owner and a young session of theirs. */
async function begin(t: Parameters<typeof build>[0]) {
  const folder = await temporaryFolder(t)
  const time = { now: START }
  const app = await build(t, {}, { folder, now: () => time.now })
  return { app, folder, time, headers: bearer(await setUp(app)) as Headers }
}

/** The same with the second factor on. Its first code is used up, so time goes on by a step. */
async function beginWithSecondFactor(t: Parameters<typeof build>[0]) {
  const begun = await begin(t)
  const { app, time, headers } = begun
  const { secret, backup_codes } = (await post(app, 'totp/setup', {}, headers)).json()
  const reply = await post(app, 'totp/enable', { token: codeOf(secret, time.now) }, headers)
  if (reply.statusCode !== 200) throw new Error(`enable answered ${reply.body}`)
  time.now += 30_000
  return { ...begun, secret: secret as string, backupCodes: backup_codes as string[] }
}

t.test('setup shows secret, URI, picture and ten codes, stores hashes only, and switches nothing on', async (t) => {
  const { app, folder, headers } = await begin(t)
  // As the Monitor's page does: no body, no content type.
  const reply = await app.inject({ method: 'POST', url: '/api/auth/totp/setup', headers })
  t.equal(reply.statusCode, 200)
  t.equal(reply.headers['cache-control'], 'no-store')
  const { secret, otpauth_url, qr_code, backup_codes } = reply.json()
  t.match(reply.json(), { success: true, secret: /^[A-Z2-7]{32}$/, qr_code: /^data:image\/svg\+xml;base64,PHN2Zy/ })
  t.equal(
    otpauth_url,
    `otpauth://totp/ProxMenux%20Monitor:admin?issuer=ProxMenux%20Monitor&secret=${secret}&algorithm=SHA1&digits=6&period=30`
  )
  t.ok(qr_code.length < 40_000)
  t.equal(backup_codes.length, 10)
  const file = await fileOf(folder)
  t.match(file, { totp_enabled: false, totp_secret: null, totp_pending: { secret, backup_codes: Array } })
  t.ok(file.totp_pending!.backup_codes.every(({ code, used }) => code.startsWith('pbkdf2_sha256$600000$') && !used))
  t.equal(new Set(file.totp_pending!.backup_codes.map(({ code }) => code.split('$')[2])).size, 1, 'one salt')
  for (const code of backup_codes) t.notOk(JSON.stringify(file).includes(code))
  t.equal((await login(app)).statusCode, 200)
})

t.test('the right code switches it on, the session has then passed it, and that code opens no login', async (t) => {
  const { app, folder, time, headers } = await begin(t)
  const other = await sessionOf(app)
  t.match((await post(app, 'totp/enable', { token: '123456' }, headers)).json(), {
    code: 'CONFLICT',
    message: /setup|start/
  })
  const { secret } = (await post(app, 'totp/setup', {}, headers)).json()
  const code = codeOf(secret, time.now)
  t.match((await post(app, 'totp/enable', {}, headers)).json(), { code: 'VALIDATION', message: 'token is required' })
  const wrong = codeOf('JBSWY3DPEHPK3PXP', time.now)
  t.match((await post(app, 'totp/enable', { token: wrong }, headers)).json(), {
    code: 'TOTP_INVALID',
    requires_totp: true
  })
  t.equal((await login(app)).statusCode, 200)
  t.match((await post(app, 'totp/enable', { token: code }, headers)).json(), { success: true, message: String })
  const file = await fileOf(folder)
  t.match(file, { totp_enabled: true, totp_secret: secret, totp_pending: null, last_totp_counter: time.now / 30_000 })
  t.equal(file.backup_codes!.length, 10)
  t.equal((await login(app)).json().code, 'TOTP_REQUIRED')
  t.equal((await login(app, code)).json().code, 'TOTP_INVALID', 'a step is accepted once, the first one too')
  time.now += 30_000
  t.equal((await login(app, codeOf(secret, time.now))).statusCode, 200)
  t.ok(await isAlive(app, other), 'a session of before goes on')
  const { sessions } = await get(app, 'sessions', headers)
  const mine = sessions.find((session: { current: boolean }) => session.current)
  t.equal(mine.second_factor, true)
  t.equal((await post(app, 'totp/enable', { token: code }, headers)).json().code, 'CONFLICT')
  await app.close()
  t.match(await logOf(folder), /proxmenux\.auth: second factor on; rhost=127\.0\.0\.1 user=admin\n/)
})

t.test('a code is taken under each client’s name for it, spaces and all', async (t) => {
  for (const [path, field] of [
    ['totp/enable', 'token'],
    ['totp/enable', 'totp_token'],
    ['totp/enable', 'totp_code'],
    ['2fa/verify', 'code']
  ] as const) {
    const { app, time, headers } = await begin(t)
    const { secret } = (await post(app, 'totp/setup', {}, headers)).json()
    const code = codeOf(secret, time.now)
    const reply = await post(app, path, { [field]: `${code.slice(0, 3)} ${code.slice(3)}` }, headers)
    t.equal(reply.statusCode, 200, `${path} ${field}`)
  }
})

t.test('the code of a neighbouring step is right, and no further one', async (t) => {
  const { app, secret, time } = await beginWithSecondFactor(t)
  time.now += 10 * MINUTE
  t.equal((await login(app, codeOf(secret, time.now - 60_000))).json().code, 'TOTP_INVALID')
  t.equal((await login(app, codeOf(secret, time.now + 60_000))).json().code, 'TOTP_INVALID')
  t.equal((await login(app, codeOf(secret, time.now - 30_000))).statusCode, 200)
  t.equal((await login(app, codeOf(secret, time.now + 30_000))).statusCode, 200)
  t.equal((await login(app, codeOf(secret, time.now))).json().code, 'TOTP_INVALID', 'a later one has been used')
})

t.test('the password is asked at setup unless the session is younger than five minutes', async (t) => {
  const { app, time, headers } = await begin(t)
  time.now += 4 * MINUTE
  t.equal((await post(app, 'totp/setup', {}, headers)).statusCode, 200)
  t.equal((await post(app, 'totp/setup', { password: 'wrong' }, headers)).json().code, 'PASSWORD_INCORRECT')
  time.now += MINUTE
  const refused = await post(app, '2fa/setup', {}, headers)
  t.equal(refused.statusCode, 403)
  t.match(refused.json(), { code: 'STEP_UP_REQUIRED', needs: ['password'] })
  t.equal((await post(app, 'totp/setup', { password: PASSWORD }, headers)).statusCode, 200)
  t.equal((await post(app, 'confirm', { password: PASSWORD }, headers)).statusCode, 200)
  t.equal((await post(app, 'totp/setup', {}, headers)).statusCode, 200, 'or was confirmed within them')
  t.equal((await post(app, 'totp/setup', {}, await sessionOf(app))).statusCode, 200)
})

t.test('an enrolment survives a restart, the next one replaces it, and after an hour it is void', async (t) => {
  const { app, folder, time, headers } = await begin(t)
  const first = (await post(app, 'totp/setup', {}, headers)).json()
  await app.close()
  const again = await build(t, {}, { folder, now: () => time.now })
  t.equal((await get(again, '2fa/status', headers)).qr_url, first.otpauth_url)
  const second = (await post(again, 'totp/setup', {}, headers)).json()
  t.not(second.secret, first.secret)
  t.equal(
    (await post(again, 'totp/enable', { token: codeOf(first.secret, time.now) }, headers)).json().code,
    'TOTP_INVALID'
  )
  time.now += 60 * MINUTE
  t.equal((await get(again, '2fa/status', headers)).qr_url, '')
  t.equal(
    (await post(again, 'totp/enable', { token: codeOf(second.secret, time.now) }, headers)).json().code,
    'CONFLICT'
  )
  time.now -= 1
  t.equal((await post(again, 'totp/enable', { token: codeOf(second.secret, time.now) }, headers)).statusCode, 200)
})

t.test('of two enables at once one does, and the other is no failed attempt', async (t) => {
  const { app, folder, time, headers } = await begin(t)
  const { secret } = (await post(app, 'totp/setup', {}, headers)).json()
  const token = codeOf(secret, time.now)
  const replies = await Promise.all([1, 2, 3].map(() => post(app, 'totp/enable', { token }, headers)))
  t.same(replies.map((reply) => reply.statusCode).toSorted(), [200, 409, 409])
  await app.close()
  t.notMatch(await logOf(folder), /authentication failure/)
})

t.test('of one code sent twice in the same millisecond one opens a session', async (t) => {
  const { app, secret, time, backupCodes } = await beginWithSecondFactor(t)
  for (const code of [codeOf(secret, time.now), backupCodes[0]]) {
    const replies = await Promise.all([1, 2, 3].map(() => login(app, code)))
    t.same(replies.map((reply) => reply.statusCode).toSorted(), [200, 401, 401])
  }
})

t.test('two daemons over one folder accept a code once, at the login and at an enrolment', async (t) => {
  const { app, folder, time, headers } = await begin(t)
  const other = await build(t, { stateDir: await temporaryFolder(t) }, { folder, now: () => time.now })
  const { secret, backup_codes } = (await post(app, 'totp/setup', {}, headers)).json()
  await other.authStore.refresh()
  const token = codeOf(secret, time.now)
  const there = await sessionOf(other)
  const enabled = await Promise.all([
    post(app, 'totp/enable', { token }, headers),
    post(other, 'totp/enable', { token }, there)
  ])
  t.same(enabled.map((reply) => reply.statusCode).toSorted(), [200, 409])
  for (const each of [app, other]) await each.authStore.refresh()
  time.now += 30_000
  for (const code of [codeOf(secret, time.now), backup_codes[3]]) {
    const replies = await Promise.all([login(app, code), login(other, code)])
    t.same(replies.map((reply) => reply.statusCode).toSorted(), [200, 401])
  }
})

t.test('enrolling again leaves the one that is on alone, until a code of the new one was seen', async (t) => {
  const { app, folder, secret, time, backupCodes, headers } = await beginWithSecondFactor(t)
  const other = await sessionOf(app, 1, ['pwd', 'otp'])
  const plain = await sessionOf(app)
  t.match((await post(app, 'totp/setup', {}, plain)).json(), { code: 'STEP_UP_REQUIRED', needs: ['password', 'totp'] })
  t.match((await post(app, 'totp/setup', {}, headers)).json(), { code: 'STEP_UP_REQUIRED', needs: ['password'] })
  t.equal((await post(app, 'totp/setup', { password: PASSWORD }, plain)).json().code, 'TOTP_REQUIRED')
  const next = (await post(app, 'totp/setup', { password: PASSWORD }, headers)).json()
  t.match(await fileOf(folder), { totp_enabled: true, totp_secret: secret, totp_pending: { secret: next.secret } })
  t.equal((await login(app, codeOf(secret, time.now))).statusCode, 200)
  t.equal((await login(app, codeOf(next.secret, time.now))).json().code, 'TOTP_INVALID')
  t.equal((await login(app, next.backup_codes[0])).json().code, 'TOTP_INVALID')
  time.now += 30_000
  t.equal((await post(app, 'totp/enable', { token: codeOf(secret, time.now) }, headers)).json().code, 'TOTP_INVALID')
  t.equal((await post(app, 'totp/enable', { token: codeOf(next.secret, time.now) }, headers)).statusCode, 200)
  t.same([await isAlive(app, headers), await isAlive(app, other), await isAlive(app, plain)], [true, false, false])
  time.now += 30_000
  t.equal((await login(app, codeOf(next.secret, time.now))).statusCode, 200)
  t.equal((await login(app, codeOf(secret, time.now))).json().code, 'TOTP_INVALID')
  t.equal((await login(app, backupCodes[0])).json().code, 'TOTP_INVALID')
  t.equal((await login(app, next.backup_codes[0])).statusCode, 200)
  await app.close()
  t.match(await logOf(folder), /second factor replaced;/)
})

t.test('what was enough while none was on does not replace one that was switched on meanwhile', async (t) => {
  const { app, folder, time, headers } = await begin(t)
  const { secret } = (await post(app, 'totp/setup', {}, headers)).json()
  // Ten hashes take longer than a code.
  const [late, enabled] = await Promise.all([
    post(app, 'totp/setup', {}, await sessionOf(app)),
    post(app, 'totp/enable', { token: codeOf(secret, time.now) }, headers)
  ])
  t.equal(enabled.statusCode, 200)
  t.match(late.json(), { code: 'CONFLICT', message: 'the account was changed meanwhile' })
  t.match(await fileOf(folder), { totp_secret: secret, totp_pending: null })
})

t.test(
  'switching off takes the password, and a code where this session has not passed the second factor',
  async (t) => {
    const { app, folder, secret, time, headers } = await beginWithSecondFactor(t)
    const plain = await sessionOf(app)
    const off = (payload: object, by = plain) => post(app, 'totp/disable', payload, by)
    t.match((await off({})).json(), { code: 'VALIDATION', message: 'password is required' })
    t.equal((await off({ totp_code: codeOf(secret, time.now) })).json().code, 'VALIDATION')
    t.equal((await off({ password: 'wrong', totp_code: codeOf(secret, time.now) })).json().code, 'PASSWORD_INCORRECT')
    t.equal((await off({ password: PASSWORD })).json().code, 'TOTP_REQUIRED')
    t.equal((await off({ password: PASSWORD, totp_code: '000000' })).json().code, 'TOTP_INVALID')
    t.equal((await off({ password: 'wrong' }, headers)).json().code, 'PASSWORD_INCORRECT')
    const passed = await sessionOf(app, 1, ['pwd', 'otp'])
    t.equal((await off({ password: PASSWORD }, passed)).statusCode, 200)
    t.match(await fileOf(folder), { totp_enabled: false, totp_secret: null, backup_codes: [], totp_pending: null })
    t.same([await isAlive(app, passed), await isAlive(app, plain), await isAlive(app, headers)], [true, false, false])
    t.match((await off({ password: PASSWORD }, passed)).json(), {
      code: 'CONFLICT',
      message: 'the second factor is not on'
    })
    t.equal((await login(app)).statusCode, 200)
    const { sessions } = await get(app, 'sessions', passed)
    t.ok(
      sessions.every((session: { second_factor: boolean }) => !session.second_factor),
      'there is none to have passed'
    )
    await app.close()
    t.match(await logOf(folder), /second factor off; rhost=127\.0\.0\.1 user=admin\n/)
  }
)

t.test('a session that has not passed it switches it off by password and code', async (t) => {
  const { app, secret, time } = await beginWithSecondFactor(t)
  const totp_code = codeOf(secret, time.now)
  t.equal((await post(app, 'totp/disable', { password: PASSWORD, totp_code }, await sessionOf(app))).statusCode, 200)
})

t.test('the panel’s surface: status, setup, verify, and off by a code alone', async (t) => {
  const { app, time, headers } = await begin(t)
  const status = () => get(app, '2fa/status', headers)
  t.same(await status(), { success: true, enabled: false, qr_url: '', backup_codes_left: 0 })
  const { secret, otpauth_url, backup_codes } = (await post(app, '2fa/setup', {}, headers)).json()
  t.same(await status(), { success: true, enabled: false, qr_url: otpauth_url, backup_codes_left: 0 })
  t.equal((await get(app, '2fa/status', await sessionOf(app))).qr_url, '', 'another session is not told the secret')
  t.match((await post(app, '2fa/verify', {}, headers)).json(), { message: 'code is required' })
  t.equal((await post(app, '2fa/verify', { code: codeOf(secret, time.now) }, headers)).statusCode, 200)
  t.same(await status(), { success: true, enabled: true, qr_url: '', backup_codes_left: 10 })
  t.same(await get(app, 'totp/status', headers), await status())
  time.now += 30_000
  await login(app, backup_codes[9])
  t.equal((await status()).backup_codes_left, 9)
  t.match((await post(app, '2fa/disable', {}, headers)).json(), { code: 'VALIDATION', message: 'code is required' })
  t.equal((await post(app, '2fa/disable', { code: '000000' }, headers)).json().code, 'TOTP_INVALID')
  t.equal((await post(app, '2fa/disable', { code: codeOf(secret, time.now) }, headers)).statusCode, 200)
  t.equal((await status()).enabled, false)
  t.equal((await post(app, '2fa/disable', { code: codeOf(secret, time.now) }, headers)).json().code, 'CONFLICT')
})

t.test('a backup code works once, in any case, with or without the dash, wherever a code is asked', async (t) => {
  const { app, folder, backupCodes } = await beginWithSecondFactor(t)
  const [one, two, three, four] = backupCodes as [string, string, string, string]
  for (const code of [
    one,
    two.toLowerCase().replace('-', ''),
    ` ${three.slice(0, 4)} ${three.slice(5).toLowerCase()}`
  ]) {
    t.equal((await login(app, code)).statusCode, 200, code)
    t.equal((await login(app, code)).json().code, 'TOTP_INVALID')
  }
  const change = await app.inject({
    method: 'PUT',
    url: '/api/auth/password',
    headers: await sessionOf(app),
    payload: { current_password: PASSWORD, new_password: 'Another-Horse-8', totp_code: four }
  })
  t.equal(change.statusCode, 200)
  t.equal((await fileOf(folder)).backup_codes!.filter(({ used }) => used).length, 4)
  const last = await post(app, '2fa/disable', { code: backupCodes[4] }, await sessionOf(app))
  t.equal(last.statusCode, 200)
  await app.close()
  t.equal((await logOf(folder)).match(/backup code used; rhost=127\.0\.0\.1 user=admin/g)?.length, 5)
})

t.test('password and code make ten new backup codes in place of all there were', async (t) => {
  const { app, folder, secret, time, backupCodes, headers } = await beginWithSecondFactor(t)
  const replace = (payload: object) => post(app, 'totp/backup-codes', payload, headers)
  t.equal((await replace({ totp_code: backupCodes[0] })).json().code, 'VALIDATION')
  t.equal((await replace({ password: PASSWORD })).json().code, 'TOTP_REQUIRED', 'though the session has passed it')
  t.equal((await replace({ password: 'wrong', totp_code: backupCodes[0] })).json().code, 'PASSWORD_INCORRECT')
  const reply = await replace({ password: PASSWORD, token: codeOf(secret, time.now) })
  const next = reply.json().backup_codes
  t.equal(next.length, 10)
  t.equal((await login(app, backupCodes[0])).json().code, 'TOTP_INVALID')
  t.equal((await login(app, next[0])).statusCode, 200)
  t.equal((await replace({ password: PASSWORD, code: next[1] })).statusCode, 200, 'a backup code will do')
  t.equal((await get(app, 'totp/status', headers)).backup_codes_left, 10)
  await app.close()
  t.match(await logOf(folder), /backup codes replaced;/)
  const off = await begin(t)
  const refused = await post(off.app, 'totp/backup-codes', { password: PASSWORD, totp_code: '123456' }, off.headers)
  t.equal(refused.json().code, 'CONFLICT')
})

t.test(
  'the eight bare SHA-256 codes of a Monitor’s file are used up one by one, and the log says when few are left',
  async (t) => {
    const { app, folder } = await begin(t)
    const codes = Array.from({ length: 8 }, (_, i) => `A${i}B2-C3D${i}`)
    await app.authStore.update((draft) =>
      Object.assign(draft, {
        totp_enabled: true,
        totp_secret: 'JBSWY3DPEHPK3PXP',
        last_totp_counter: undefined,
        backup_codes: codes.map((code) => ({ code: createHash('sha256').update(code).digest('hex'), used: false }))
      })
    )
    for (const code of codes) {
      t.equal((await login(app, code)).statusCode, 200)
      t.equal((await login(app, code)).json().code, 'TOTP_INVALID')
    }
    t.ok((await fileOf(folder)).backup_codes!.every(({ used }) => used))
    await app.close()
    t.equal((await logOf(folder)).match(/few backup codes left;/g)?.length, 3)
  }
)

t.test('the fifth wrong code locks, at an enrolment too, and its right ones forgive nothing', async (t) => {
  const { app, folder, time, headers } = await begin(t)
  const { secret } = (await post(app, 'totp/setup', {}, headers)).json()
  const enable = (token: string) => post(app, 'totp/enable', { token }, headers)
  for (let i = 0; i < 4; i++) t.equal((await enable('abcdef')).json().code, 'TOTP_INVALID')
  t.equal((await enable(codeOf(secret, time.now))).statusCode, 200)
  time.now += 30_000
  t.equal((await post(app, '2fa/disable', { code: 'abcdef' }, headers)).json().code, 'TOTP_INVALID')
  const locked = await post(app, '2fa/disable', { code: codeOf(secret, time.now) }, headers)
  t.equal(locked.statusCode, 423)
  t.match(locked.json(), { code: 'ACCOUNT_LOCKED', message: 'account locked, try again in 15 minutes' })
  for (const path of ['totp/enable', '2fa/verify', 'totp/disable', 'totp/backup-codes', 'totp/setup'])
    t.equal((await post(app, path, { password: PASSWORD, code: '123456' }, headers)).statusCode, 423, path)
  t.equal((await login(app, codeOf(secret, time.now))).statusCode, 423)
  await app.close()
  const log = await logOf(folder)
  t.match(log, /locked out; rhost=127\.0\.0\.1 user=admin/)
  t.ok(log.match(/authentication failure;/g)!.length >= 5)
})

t.test('all of it is for one’s own account, by a session, under the login limit', async (t) => {
  const app = await build(t)
  await setUp(app)
  const token = bearer(mintApiToken(app)) as Headers
  const paths = [
    'totp/setup',
    'totp/enable',
    'totp/disable',
    'totp/backup-codes',
    '2fa/setup',
    '2fa/verify',
    '2fa/disable'
  ]
  for (const path of paths) {
    const closed = await post(app, path, {})
    t.equal(closed.json().code, 'TOKEN_MISSING', path)
    t.match(closed.headers['ratelimit-policy'], /^"login"/, path)
    t.equal((await post(app, path, {}, token)).json().code, 'SCOPE', path)
  }
  for (const path of ['totp/status', '2fa/status']) t.equal((await get(app, path, token)).code, 'SCOPE')
  const declined = await build(t)
  await post(declined, 'skip', {})
  for (const path of paths) t.equal((await post(declined, path, {})).json().code, 'NO_ACCOUNT', path)
})

t.test('a user beyond the owner has a second factor of their own', async (t) => {
  const { app, folder, time } = await begin(t)
  await app.authStore.update((draft) => {
    const { password_hash } = draft
    const rights = { user_type: 'customer', is_active: true, permissions: [] } as const
    draft.users = [{ id: 2, username: 'eve: & co', password_hash: password_hash!, ...rights, permissions: [] }]
  })
  const headers = await sessionOf(app, 2)
  const { secret, otpauth_url } = (await post(app, 'totp/setup', {}, headers)).json()
  t.match(otpauth_url, /^otpauth:\/\/totp\/ProxMenux%20Monitor:eve%3A%20%26%20co\?/)
  t.equal((await post(app, 'totp/enable', { token: codeOf(secret, time.now) }, headers)).statusCode, 200)
  t.match(await fileOf(folder), { totp_enabled: false, users: [{ totp_enabled: true, totp_secret: secret }] })
  t.equal((await login(app)).statusCode, 200)
  t.equal((await post(app, 'login', { username: 'eve: & co', password: PASSWORD })).json().code, 'TOTP_REQUIRED')
})

t.test('totp_enabled: false written by hand switches it off, and it can be enrolled again', async (t) => {
  const { app, folder, time, headers } = await beginWithSecondFactor(t)
  await writeFile(join(folder, 'auth.json'), JSON.stringify({ ...(await fileOf(folder)), totp_enabled: false }))
  await app.authStore.refresh()
  t.equal((await login(app)).statusCode, 200)
  t.same(await get(app, '2fa/status', headers), { success: true, enabled: false, qr_url: '', backup_codes_left: 0 })
  const { secret } = (await post(app, 'totp/setup', {}, headers)).json()
  t.equal((await post(app, 'totp/enable', { token: codeOf(secret, time.now) }, headers)).statusCode, 200)
})
