import t from 'tap'
import { build, PASSWORD, TRUE_HASHES, temporaryFolder } from '../support/app.ts'
import {
  begin,
  beginWithSecondFactor,
  codeOf,
  fileOf,
  get,
  isAlive,
  login,
  logOf,
  MINUTE,
  post,
  sessionOf
} from '../support/second-factor.ts'

t.test(
  'setup returns secret, URI, QR code and ten backup codes, stores only hashes, and enables nothing',
  async (t) => {
    const { app, folder, headers } = await begin(t, { hasher: TRUE_HASHES })
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
  }
)

t.test(
  'the right code enables two-factor authentication, marks the session as passed, and opens no login',
  async (t) => {
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
    t.ok(await isAlive(app, other), 'an earlier session stays valid')
    const { sessions } = await get(app, 'sessions', headers)
    const mine = sessions.find((session: { current: boolean }) => session.current)
    t.equal(mine.second_factor, true)
    t.equal((await post(app, 'totp/enable', { token: code }, headers)).json().code, 'CONFLICT')
    await app.close()
    t.match(await logOf(folder), /proxmenux\.auth: second factor on; rhost=127\.0\.0\.1 user=admin\n/)
  }
)

t.test('a code is accepted under each client’s field name, with spaces', async (t) => {
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

t.test('a code of the previous or the next step is accepted, and none further away', async (t) => {
  const { app, secret, time } = await beginWithSecondFactor(t)
  time.now += 10 * MINUTE
  t.equal((await login(app, codeOf(secret, time.now - 60_000))).json().code, 'TOTP_INVALID')
  t.equal((await login(app, codeOf(secret, time.now + 60_000))).json().code, 'TOTP_INVALID')
  t.equal((await login(app, codeOf(secret, time.now - 30_000))).statusCode, 200)
  t.equal((await login(app, codeOf(secret, time.now + 30_000))).statusCode, 200)
  t.equal((await login(app, codeOf(secret, time.now))).json().code, 'TOTP_INVALID', 'a later one has been used')
})

t.test('setup requires the password unless the session logged in or confirmed within five minutes', async (t) => {
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
  t.equal((await login(app)).statusCode, 200)
  t.equal((await post(app, 'totp/setup', {}, await sessionOf(app))).json().code, 'STEP_UP_REQUIRED', 'in that session')
})

t.test('a pending enrolment survives a restart, is replaced by the next one and expires after an hour', async (t) => {
  const { app, folder, time, headers } = await begin(t)
  const first = (await post(app, 'totp/setup', {}, headers)).json()
  await app.close()
  const again = await build(t, {}, { folder, now: () => time.now })
  t.equal((await get(again, '2fa/status', headers)).qr_url, first.otpauth_url)
  const second = (await post(again, 'totp/setup', { password: PASSWORD }, headers)).json()
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

t.test('of concurrent enables one succeeds, and the others are no failed attempts', async (t) => {
  const { app, folder, time, headers } = await begin(t)
  const { secret } = (await post(app, 'totp/setup', {}, headers)).json()
  const token = codeOf(secret, time.now)
  const replies = await Promise.all([1, 2, 3].map(() => post(app, 'totp/enable', { token }, headers)))
  t.same(replies.map((reply) => reply.statusCode).toSorted(), [200, 409, 409])
  await app.close()
  t.notMatch(await logOf(folder), /authentication failure/)
})

t.test('a code sent several times at once opens one session', async (t) => {
  const { app, secret, time, backupCodes } = await beginWithSecondFactor(t, { hasher: TRUE_HASHES })
  for (const code of [codeOf(secret, time.now), backupCodes[0]]) {
    const replies = await Promise.all([1, 2, 3].map(() => login(app, code)))
    t.same(replies.map((reply) => reply.statusCode).toSorted(), [200, 401, 401])
  }
})

t.test('two daemons on one folder accept a code once, at the login and at an enrolment', async (t) => {
  const hasher = TRUE_HASHES
  const { app, folder, time, headers } = await begin(t, { hasher })
  const other = await build(t, { stateDir: await temporaryFolder(t) }, { folder, now: () => time.now, hasher })
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

t.test('a second enrolment keeps the first in force until a code of the new one is verified', async (t) => {
  const { app, folder, secret, time, backupCodes, headers } = await beginWithSecondFactor(t)
  const other = await sessionOf(app, 1, ['pwd', 'otp'])
  const plain = await sessionOf(app)
  time.now += 5 * MINUTE
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
