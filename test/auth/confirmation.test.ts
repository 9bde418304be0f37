import { join } from 'node:path'
import t from 'tap'
import { bearer, PASSWORD } from '../support/app.ts'
import { begin, beginWithSecondFactor, codeOf, login, MINUTE, post } from '../support/second-factor.ts'
import { openSession } from '../support/sessions.ts'

const STEP_UP = {
  statusCode: 403,
  code: 'STEP_UP_REQUIRED',
  error: 'confirm with your password, or log in again and retry within 5 minutes'
}
const outcomeOf = ({ statusCode, json }: Awaited<ReturnType<typeof post>>) => ({ statusCode, ...json() })

t.test('a client that sends only the Monitor’s bodies works within five minutes of its login', async (t) => {
  const { app, folder, time } = await begin(t)
  const loggedIn = async () => bearer((await login(app)).json().token)
  const calls = [
    ['/api/auth/totp/setup', 200],
    ['/api/ssl/disable', 200],
    ['/api/security/fail2ban/unban', 409],
    ['/api/auth/disable', 200]
  ] as const
  const late = await loggedIn()
  time.now += 5 * MINUTE
  const early = await loggedIn()
  time.now += 5 * MINUTE - 1
  for (const [url, status] of calls) {
    const payload = url.endsWith('unban') ? { ip: '192.0.2.1' } : undefined
    const send = (headers: Record<string, string>) =>
      app.inject({ method: 'POST', url, headers, ...(payload && { payload }) })
    t.match(outcomeOf(await send(late)), { ...STEP_UP, needs: ['password'] }, url)
    const reply = await send(early)
    t.equal(reply.statusCode, status, `${url} ${reply.body}`)
  }
  t.match((await app.inject({ url: '/api/auth/status' })).json(), { configured: false }, join(folder, 'auth.json'))
})

t.test('a refresh does not confirm, nor does a session that continues another one', async (t) => {
  const { app, time } = await begin(t)
  const { headers } = await login(app)
  time.now += 5 * MINUTE
  const cookie = [headers['set-cookie']]
    .flat()
    .find((each) => each?.startsWith('refresh_token='))!
    .split(';')[0]!
  const refreshed = await app.inject({ method: 'POST', url: '/api/auth/refresh', headers: { cookie } })
  t.equal(refreshed.statusCode, 200)
  t.match(outcomeOf(await post(app, 'totp/setup', {}, bearer(refreshed.json().token))), STEP_UP)
})

t.test('enable: a confirmation of the owner’s session replaces the password, another caller’s does not', async (t) => {
  const { app, time, headers } = await begin(t)
  await app.authStore.update((draft) => {
    draft.users = [
      {
        id: 2,
        username: 'ada',
        password_hash: draft.password_hash!,
        user_type: 'support',
        permissions: [],
        is_active: true
      }
    ]
  })
  const open = () =>
    app.authStore.update((draft) => {
      draft.enabled = false
    })
  await open()
  const ada = await openSession(app, 2, { confirmed: true })
  for (const sent of [{}, ada.headers])
    t.match(outcomeOf(await post(app, 'enable', {}, sent)), { statusCode: 400, message: 'password is required' })
  t.equal((await post(app, 'enable', {}, headers)).statusCode, 200)
  await open()
  time.now += 5 * MINUTE
  t.match(outcomeOf(await post(app, 'enable', {}, headers)), { ...STEP_UP, needs: ['password'] })
  t.equal((await post(app, 'enable', { password: PASSWORD }, headers)).statusCode, 200)
})

t.test('minting and disabling two-factor authentication require the password despite a confirmation', async (t) => {
  const { app, secret, time, headers } = await beginWithSecondFactor(t)
  const code = codeOf(secret, time.now)
  const opened = bearer((await login(app, code)).json().token)
  for (const session of [headers, opened]) {
    t.match((await post(app, 'totp/disable', {}, session)).json(), { code: 'VALIDATION' })
    t.match((await post(app, 'generate-api-token', { token_name: 'x' }, session)).json(), { code: 'VALIDATION' })
    const mint = { token_name: 'x', password: PASSWORD }
    t.match((await post(app, 'generate-api-token', mint, session)).json(), { code: 'TOTP_REQUIRED' })
  }
  const plain = await openSession(app, 1, { confirmed: true })
  t.match((await post(app, 'totp/disable', { password: PASSWORD }, plain.headers)).json(), { code: 'TOTP_REQUIRED' })
  t.equal(
    (await post(app, 'totp/disable', { password: PASSWORD }, opened)).statusCode,
    200,
    'it passed the code itself'
  )
})

t.test(
  'a login without a code does not confirm after another session has enabled two-factor authentication',
  async (t) => {
    const { app, time, headers } = await begin(t)
    const other = bearer((await login(app)).json().token)
    const { secret } = (await post(app, 'totp/setup', {}, headers)).json()
    await post(app, 'totp/enable', { token: codeOf(secret, time.now) }, headers)
    for (const path of ['totp/setup', 'totp/backup-codes', 'disable'])
      t.match(outcomeOf(await post(app, path, {}, other)), { ...STEP_UP, needs: ['password', 'totp'] }, path)
  }
)
