import { hashPassword } from '../../lib/auth/passwords/derive.ts'
import type { Permission } from '../../schemas/auth/permission.ts'
import { type App, bearer, CHEAP_HASHES, PASSWORD, setUp } from './app.ts'
import { openSession } from './sessions.ts'

export const DAY_MS = 86_400_000
export const SECRET = 'JBSWY3DPEHPK3PXP'
export type Headers = Record<string, string>

export const mint = (app: App, headers: Headers, more: object = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/auth/generate-api-token',
    headers,
    payload: { password: PASSWORD, token_name: 'Home Assistant', ...more }
  })
/** Revoked ones too. */
export const list = async (app: App, headers: Headers) =>
  (await app.inject({ url: '/api/auth/api-tokens?revoked=1', headers })).json().tokens
export const revoke = (app: App, headers: Headers, id: string) =>
  app.inject({ method: 'DELETE', url: `/api/auth/api-tokens/${id}`, headers })
export const rotate = (app: App, headers: Headers, id: string, more: object = {}) =>
  app.inject({
    method: 'POST',
    url: `/api/auth/api-tokens/${id}/rotate`,
    headers,
    payload: { password: PASSWORD, ...more }
  })
export const systemFrom = async (
  app: App,
  token: string,
  remoteAddress: string,
  headers: Headers = {},
  url = '/api/system'
) => app.inject({ url, remoteAddress, headers: { ...bearer(token), ...headers } })

export const sessionOf = async (app: App, userId = 1, amr = ['pwd']) =>
  (await openSession(app, userId, { amr })).headers

export const enter = async (app: App) => bearer(await setUp(app))

/** Users beyond the owner, as they stand in auth.json. */
export const addUser = (app: App, id: number, permissions: Permission[]) =>
  app.authStore.update((draft) => {
    const user_type = 'support' as const
    const password_hash = hashPassword(PASSWORD, CHEAP_HASHES.iterations)
    draft.users ??= []
    draft.users.push({ id, username: `user${id}`, password_hash, user_type, is_active: true, permissions })
  })
