import t from 'tap'
import type { App } from '../support/app.ts'
import { bearer, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { codeOf, post } from '../support/second-factor.ts'
import { openSession } from '../support/sessions.ts'

const WRONG: Record<string, string> = {
  password: 'Wrong-Horse-7',
  current_password: 'Wrong-Horse-7',
  new_password: 'Another-Horse-8',
  token_name: 'sensor',
  token: '000000',
  code: '000000'
}

const { token: _token, code: _code, ...withoutCodes } = WRONG
const RIGHT_PASSWORD = { ...withoutCodes, password: PASSWORD, current_password: PASSWORD }

interface Checking {
  method: 'POST' | 'PUT'
  url: string
  fields: string[]
}

/** The daemon, and its routes that check a password or code of a session. */
async function withRoutes(t: Parameters<typeof build>[0]) {
  const routes: Checking[] = []
  const app = await build(
    t,
    {},
    {
      onRoute({ method, url, config, schema }) {
        if (!config?.checksPassword || config.access === 'open' || config.access === 'first-launch') return
        const body = schema?.body as { properties: Record<string, unknown> }
        routes.push({ method: method as 'POST', url, fields: Object.keys(body.properties) })
      }
    }
  )
  return { app, routes, headers: bearer(await setUp(app)) }
}

let address = 0
/** Each from an address of its own, so that no lockout interferes. */
const send = (app: App, { method, url, fields }: Checking, headers: object, values = WRONG) =>
  app.inject({
    method,
    url,
    headers: headers as Record<string, string>,
    remoteAddress: `192.0.2.${++address}`,
    payload: Object.fromEntries(fields.filter((name) => name in values).map((name) => [name, values[name]]))
  })

t.test('a wrong password or code in a live session is a 403, which keeps the Monitor’s client logged in', async (t) => {
  const { app, routes, headers } = await withRoutes(t)
  const { id } = (await post(app, 'generate-api-token', { password: PASSWORD, token_name: 'sensor' }, headers)).json()
  const { secret } = (await post(app, 'totp/setup', { password: PASSWORD }, headers)).json()
  await post(app, 'totp/enable', { token: codeOf(secret, app.clock()) }, headers)
  await post(app, 'totp/setup', { password: PASSWORD }, headers)
  const seen = new Map<string, string>()
  for (const { method, url, fields } of routes.filter((each) => each.url !== '/api/auth/enable')) {
    const name = `${method} ${url}`
    const route = { method, url: url.replace(':id', id), fields }
    const { headers: plain } = await openSession(app, 1)
    const reply = await send(app, route, plain)
    const { code } = reply.json()
    seen.set(name, code)
    t.match(code, /^(PASSWORD_INCORRECT|TOTP_INVALID)$/, name)
    t.equal(reply.json().requires_totp, code === 'TOTP_INVALID' ? true : undefined, name)
    t.equal(reply.statusCode, name === 'PUT /api/auth/password' ? 401 : 403, name)
    t.equal(reply.headers['www-authenticate'], reply.statusCode === 401 ? 'Bearer' : undefined, name)
    t.equal((await app.inject({ url: '/api/auth/me', headers: plain })).statusCode, 200, 'the session lives on')
    if (code === 'TOTP_INVALID') continue
    const withoutCode = await send(app, route, plain, RIGHT_PASSWORD)
    t.match(withoutCode.json(), { code: 'TOTP_REQUIRED', requires_totp: true, message: '2FA code required' }, name)
    t.equal(withoutCode.statusCode, 403, name)
    t.equal(withoutCode.headers['www-authenticate'], undefined, name)
  }
  t.match([...seen.keys()].toSorted(), [
    'POST /api/auth/2fa/disable',
    'POST /api/auth/2fa/setup',
    'POST /api/auth/2fa/verify',
    'POST /api/auth/api-tokens/:id/rotate',
    'POST /api/auth/change-password',
    'POST /api/auth/confirm',
    'POST /api/auth/disable',
    'POST /api/auth/generate-api-token',
    'POST /api/auth/totp/backup-codes',
    'POST /api/auth/totp/disable',
    'POST /api/auth/totp/enable',
    'POST /api/auth/totp/setup',
    'PUT /api/auth/password'
  ])
})

t.test('a failed login stays a 401, with and without a code', async (t) => {
  const { app, headers } = await withRoutes(t)
  const login = (more: object) => post(app, 'login', { username: 'admin', password: PASSWORD, ...more })
  const { secret } = (await post(app, 'totp/setup', { password: PASSWORD }, headers)).json()
  await post(app, 'totp/enable', { token: codeOf(secret, app.clock()) }, headers)
  for (const [more, code] of [
    [{ password: 'Wrong-Horse-7' }, 'CREDENTIALS'],
    [{}, 'TOTP_REQUIRED'],
    [{ totp_token: '000000' }, 'TOTP_INVALID']
  ] as const) {
    const reply = await login(more)
    t.equal(reply.statusCode, 401, code)
    t.equal(reply.json().code, code)
    t.equal(reply.headers['www-authenticate'], 'Bearer', code)
  }
})

t.test('enable: a wrong password is a 401 without a session, and a 403 in a live one', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const headers = bearer(await setUp(app))
  await app.authStore.change({ accounts: [1] }, (draft) => {
    draft.enabled = false
  })
  for (const [sent, status] of [
    [{}, 401],
    [headers, 403]
  ] as const) {
    const reply = await post(app, 'enable', { password: 'Wrong-Horse-7' }, sent)
    t.equal(reply.statusCode, status)
    t.match(reply.json(), { code: 'PASSWORD_INCORRECT', error: 'Invalid credentials' })
  }
})
