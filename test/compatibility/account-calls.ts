import type { Test } from 'tap'
import { bearer, build, PASSWORD, setUp } from '../support/app.ts'
import { makeFlatImage } from '../support/images.ts'
import { begin, beginWithSecondFactor, codeOf, type Headers, login, post } from '../support/second-factor.ts'
import { expireConfirmations, openSession } from '../support/sessions.ts'
import type { Call, Reply } from './host.ts'

// Each call has a daemon of its own: most of them change who can log in.

const NEW_PASSWORD = 'Bright-Lantern-3'
const owner = { username: 'admin', password: PASSWORD }

type Begun = Awaited<ReturnType<typeof begin>>
const atOwner =
  (ask: (begun: Begun) => Promise<Reply>): Call =>
  async (_host, t) =>
    ask(await begin(t))
const atSecondFactor =
  (ask: (begun: Awaited<ReturnType<typeof beginWithSecondFactor>>) => Promise<Reply>): Call =>
  async (_host, t) =>
    ask(await beginWithSecondFactor(t))
const atFirstLaunch =
  (path: string, payload: object = {}): Call =>
  async (_host, t) =>
    post(await build(t), path, payload)
const send = (path: string, payload: object): Call => atOwner(({ app, headers }) => post(app, path, payload, headers))
const later = (path: string): Call =>
  atOwner(async ({ app, headers }) => {
    await expireConfirmations(app)
    return post(app, path, {}, headers)
  })

/** Somebody set `enabled: false` by hand. */
const atDisabled =
  (payload: object, isLoggedIn = true): Call =>
  async (_host, t) => {
    const { app, headers } = await begin(t)
    await app.authStore.update((draft) => {
      draft.enabled = false
    })
    return post(app, 'enable', payload, isLoggedIn ? headers : {})
  }

const token = { password: PASSWORD, token_name: 'Home Assistant' }
const put = ({ app, headers }: Begun, url: string, payload: object) =>
  app.inject({ method: 'PUT', url: `/api/auth/${url}`, headers, payload })
const avatar = async ({ app, headers }: Begun, method: 'GET' | 'POST' | 'DELETE', payload?: Buffer): Promise<Reply> =>
  app.inject({
    method,
    url: '/api/auth/profile/avatar',
    headers: { ...headers, ...(payload && { 'content-type': 'image/png' }) },
    ...(payload && { payload })
  })
const upload = async (begun: Begun) => avatar(begun, 'POST', await makeFlatImage('image/png', 8, 8))
const withAvatar = (method: 'GET' | 'DELETE'): Call =>
  atOwner(async (begun) => {
    await upload(begun)
    return avatar(begun, method)
  })
const revoke = (id: string, { app, headers }: Begun) =>
  app.inject({ method: 'DELETE', url: `/api/auth/api-tokens/${id}`, headers })

async function enrol({ app, time, headers }: Begun, code?: string): Promise<Reply> {
  const { secret } = (await post(app, 'totp/setup', {}, headers)).json()
  return post(app, 'totp/enable', { token: code ?? codeOf(secret, time.now) }, headers)
}

/** The code of the next step: the one before it was used up. */
const passed = async (t: Test): Promise<Begun & { headers: Headers }> => {
  const begun = await beginWithSecondFactor(t)
  const { headers } = await openSession(begun.app, 1, { amr: ['pwd', 'otp'] })
  return { ...begun, headers }
}

export const accountCalls: Record<string, Call> = {
  'GET /api/auth/status': atOwner(({ app, headers }) => app.inject({ url: '/api/auth/status', headers })),
  'GET /api/auth/status: before a login with two factor authentication': atSecondFactor(({ app }) =>
    app.inject('/api/auth/status')
  ),
  'POST /api/auth/setup': atFirstLaunch('setup', owner),
  'POST /api/auth/setup: a weak password': atFirstLaunch('setup', { ...owner, password: 'password12' }),
  'POST /api/auth/skip': atFirstLaunch('skip'),
  'POST /api/auth/skip: after setup': send('skip', {}),
  'POST /api/auth/decline': atFirstLaunch('decline'),
  'POST /api/auth/decline: after setup': send('decline', {}),
  'POST /api/auth/login': send('login', owner),
  'POST /api/auth/login: a wrong password': send('login', { ...owner, password: 'Wrong-Horse-7' }),
  'POST /api/auth/login: without the code': atSecondFactor(({ app }) => login(app)),
  'POST /api/auth/login: a wrong code': atSecondFactor(({ app }) => login(app, '000000')),
  'POST /api/auth/enable': atDisabled({ password: PASSWORD }),
  'POST /api/auth/enable: without a password': atDisabled({}),
  'POST /api/auth/enable: without a password and a login': atDisabled({}, false),
  'POST /api/auth/disable': send('disable', {}),
  'POST /api/auth/disable: minutes after the login': later('disable'),
  'POST /api/auth/change-password': send('change-password', { old_password: PASSWORD, new_password: NEW_PASSWORD }),
  'POST /api/auth/change-password: a wrong password': send('change-password', {
    old_password: 'Wrong-Horse-7',
    new_password: NEW_PASSWORD
  }),
  'POST /api/auth/totp/setup': send('totp/setup', {}),
  'POST /api/auth/totp/setup: minutes after the login': later('totp/setup'),
  'POST /api/auth/totp/enable': atOwner((begun) => enrol(begun)),
  'POST /api/auth/totp/enable: a wrong code': atOwner((begun) => enrol(begun, '000000')),
  'POST /api/auth/totp/disable': async (_host, t) => {
    const { app, headers } = await passed(t)
    return post(app, 'totp/disable', { password: PASSWORD }, headers)
  },
  'POST /api/auth/totp/disable: a wrong password': async (_host, t) => {
    const { app, headers } = await passed(t)
    return post(app, 'totp/disable', { password: 'Wrong-Horse-7' }, headers)
  },
  'POST /api/auth/generate-api-token': send('generate-api-token', token),
  'POST /api/auth/generate-api-token: a wrong password': send('generate-api-token', {
    ...token,
    password: 'Wrong-Horse-7'
  }),
  'POST /api/auth/generate-api-token: without the code': atSecondFactor(({ app, headers }) =>
    post(app, 'generate-api-token', token, headers)
  ),
  'GET /api/auth/api-tokens': atOwner(async ({ app, headers }) => {
    await post(app, 'generate-api-token', token, headers)
    return app.inject({ url: '/api/auth/api-tokens', headers })
  }),
  'GET /api/auth/api-tokens: without protection': async (_host, t) => {
    const app = await build(t)
    await post(app, 'skip', {})
    return app.inject('/api/auth/api-tokens')
  },
  'DELETE /api/auth/api-tokens/:id': atOwner(async (begun) => {
    const { id } = (await post(begun.app, 'generate-api-token', token, begun.headers)).json()
    return revoke(id, begun)
  }),
  'DELETE /api/auth/api-tokens/:id: an unknown token': atOwner((begun) => revoke('0123456789abcdef', begun)),
  'GET /api/auth/profile': async (_host, t) => {
    const app = await build(t)
    return app.inject({ url: '/api/auth/profile', headers: bearer(await setUp(app)) })
  },
  'PUT /api/auth/profile': atOwner((begun) => put(begun, 'profile', { display_name: 'Ada' })),
  'GET /api/auth/profile/avatar': withAvatar('GET'),
  'GET /api/auth/profile/avatar: without an avatar': atOwner((begun) => avatar(begun, 'GET')),
  'POST /api/auth/profile/avatar': atOwner(upload),
  'POST /api/auth/profile/avatar: not an image': atOwner((begun) => avatar(begun, 'POST', Buffer.from('no image'))),
  'DELETE /api/auth/profile/avatar': withAvatar('DELETE')
}
