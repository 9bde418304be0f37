import { type App, bearer, PASSWORD } from '../support/app.ts'

export const NEXT = 'Another-Horse-8'
type Reply = Awaited<ReturnType<App['inject']>>

export const login = (app: App, password = PASSWORD, more: object = {}) =>
  app.inject({ method: 'POST', url: '/api/auth/login', payload: { username: 'admin', password }, ...more })
export const cookieOf = (reply: Reply) => reply.cookies.find((cookie) => cookie.name === 'refresh_token')!
export const refresh = (app: App, token: string, more: object = {}) =>
  app.inject({ method: 'POST', url: '/api/auth/refresh', cookies: { refresh_token: token }, ...more })
export const system = async (app: App, token: string) =>
  (await app.inject({ url: '/api/system', headers: bearer(token) })).statusCode
