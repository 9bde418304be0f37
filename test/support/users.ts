import { type App, build, setUp, temporaryFolder } from './app.ts'
import { openSession } from './sessions.ts'

export const ADA = { username: 'ada', password: 'Bright-Lantern-3', user_type: 'support', permissions: ['system.view'] }

export type Headers = Record<string, string>
export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
export const call = (app: App, headers: Headers, method: Method, url: string, payload?: object) =>
  app.inject({ method, url, headers, ...(payload ? { payload } : {}) })

export const login = (app: App, username: string, password: string) =>
  app.inject({ method: 'POST', url: '/api/auth/login', payload: { username, password } })

/** A daemon with an owner whose session is confirmed. */
export async function withOwner(t: Parameters<typeof build>[0], options: Parameters<typeof build>[2] = {}) {
  const folder = options.folder ?? (await temporaryFolder(t))
  const app = await build(t, {}, { ...options, folder })
  await setUp(app)
  const { headers } = await openSession(app, 1, { confirmed: true })
  const create = async (more: object = {}, as: Headers = headers) =>
    call(app, as, 'POST', '/api/users', { ...ADA, ...more })
  return { app, owner: headers, create, folder }
}
