import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { bearer, build, PASSWORD, setUp } from '../support/app.ts'
import {
  begin,
  beginWithSecondFactor,
  codeOf,
  fileOf,
  get,
  type Headers,
  isAlive,
  login,
  logOf,
  MINUTE,
  post,
  sessionOf
} from '../support/second-factor.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'

t.test('a setup confirmed before two-factor authentication was enabled does not replace it afterwards', async (t) => {
  const { app, folder, time, headers } = await begin(t)
  const { secret } = (await post(app, 'totp/setup', {}, headers)).json()
  // Ten hashes take longer than a code.
  const [late, enabled] = await Promise.all([
    post(app, 'totp/setup', {}, (await openSession(app, 1, { confirmed: true })).headers),
    post(app, 'totp/enable', { token: codeOf(secret, time.now) }, headers)
  ])
  t.equal(enabled.statusCode, 200)
  t.match(late.json(), { code: 'CONFLICT', message: 'the account was changed meanwhile' })
  t.match(await fileOf(folder), { totp_secret: secret, totp_pending: null })
})

t.test(
  'disabling requires the password, and a code unless this session has passed two-factor authentication',
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
      'two-factor authentication is off'
    )
    await app.close()
    t.match(await logOf(folder), /second factor off; rhost=127\.0\.0\.1 user=admin\n/)
  }
)

t.test('a session that has not passed two-factor authentication disables it with password and code', async (t) => {
  const { app, secret, time } = await beginWithSecondFactor(t)
  const totp_code = codeOf(secret, time.now)
  t.equal((await post(app, 'totp/disable', { password: PASSWORD, totp_code }, await sessionOf(app))).statusCode, 200)
})

t.test('the panel’s routes: status, setup, verify, and disable with a code alone', async (t) => {
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

t.test(
  'a backup code works once, in any case, with or without the dash, on every route that takes a code',
  async (t) => {
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
  }
)

t.test('password and code, or a confirmation, replace all backup codes by ten new ones', async (t) => {
  const { app, folder, secret, time, backupCodes, headers } = await beginWithSecondFactor(t)
  const replace = (payload: object) => post(app, 'totp/backup-codes', payload, headers)
  t.equal((await replace({})).statusCode, 200, 'the setup was less than five minutes ago')
  t.equal((await replace({ totp_code: '000000' })).json().code, 'TOTP_INVALID', 'a wrong code is refused all the same')
  const confirmed = await replace({})
  t.equal((await login(app, backupCodes[0])).json().code, 'TOTP_INVALID')
  backupCodes.splice(0, 10, ...confirmed.json().backup_codes)
  time.now += 5 * MINUTE
  t.match((await replace({ totp_code: backupCodes[0] })).json(), {
    code: 'STEP_UP_REQUIRED',
    needs: ['password', 'totp']
  })
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

t.test('the fifth wrong code locks, at an enrolment too, and right codes do not reset the count', async (t) => {
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

t.test('all routes act on the caller’s own account, require a session and count towards the login limit', async (t) => {
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

t.test('a user other than the owner has two-factor authentication of their own', async (t) => {
  const { app, folder, time } = await begin(t)
  await app.authStore.update((draft) => {
    const { password_hash } = draft
    const rights = { user_type: 'customer', is_active: true, permissions: [] } as const
    draft.users = [{ id: 2, username: 'eve: & co', password_hash: password_hash!, ...rights, permissions: [] }]
  })
  const { headers } = await openSession(app, 2, { confirmed: true })
  const { secret, otpauth_url } = (await post(app, 'totp/setup', {}, headers)).json()
  t.match(otpauth_url, /^otpauth:\/\/totp\/ProxMenux%20Monitor:eve%3A%20%26%20co\?/)
  t.equal((await post(app, 'totp/enable', { token: codeOf(secret, time.now) }, headers)).statusCode, 200)
  t.match(await fileOf(folder), { totp_enabled: false, users: [{ totp_enabled: true, totp_secret: secret }] })
  t.equal((await login(app)).statusCode, 200)
  t.equal((await post(app, 'login', { username: 'eve: & co', password: PASSWORD })).json().code, 'TOTP_REQUIRED')
})

t.test(
  'totp_enabled: false written by hand disables two-factor authentication, and it can be enrolled again',
  async (t) => {
    const { app, folder, time, headers } = await beginWithSecondFactor(t)
    await writeFile(join(folder, 'auth.json'), JSON.stringify({ ...(await fileOf(folder)), totp_enabled: false }))
    await app.authStore.refresh()
    t.equal((await login(app)).statusCode, 200)
    t.same(await get(app, '2fa/status', headers), { success: true, enabled: false, qr_url: '', backup_codes_left: 0 })
    const { secret } = (await post(app, 'totp/setup', {}, headers)).json()
    t.equal((await post(app, 'totp/enable', { token: codeOf(secret, time.now) }, headers)).statusCode, 200)
  }
)
