import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import { type App, type BuildOptions, bearer, build, PASSWORD, setUp, temporaryFolder } from './app.ts'
import { openSession } from './sessions.ts'

export type Headers = Record<string, string>
export const START = 1_800_000_000_000
export const MINUTE = 60_000

export const post = (app: App, path: string, payload: object, headers: Headers = {}) =>
  app.inject({ method: 'POST', url: `/api/auth/${path}`, payload, headers })
export const get = async (app: App, path: string, headers: Headers) =>
  (await app.inject({ url: `/api/auth/${path}`, headers })).json()
export const isAlive = async (app: App, headers: Headers) => (await get(app, 'me', headers)).success === true
export const codeOf = (secret: string, at: number) => new TOTP({ secret }).generate({ timestamp: at })
export const login = (app: App, code?: string) =>
  post(app, 'login', { username: 'admin', password: PASSWORD, ...(code === undefined ? {} : { totp_token: code }) })
export const fileOf = async (folder: string): Promise<AuthFile> =>
  JSON.parse(await readFile(join(folder, 'auth.json'), 'utf8'))
export const logOf = (folder: string) => readFile(join(folder, 'auth.log'), 'utf8')

export const sessionOf = async (app: App, userId = 1, amr = ['pwd']): Promise<Headers> =>
  (await openSession(app, userId, { amr })).headers

/** A daemon whose time a test sets, with an owner and a young session of theirs. */
export async function begin(t: Parameters<typeof build>[0], options: BuildOptions = {}) {
  const folder = await temporaryFolder(t)
  const time = { now: START }
  const app = await build(t, {}, { folder, now: () => time.now, ...options })
  return { app, folder, time, headers: bearer(await setUp(app)) as Headers }
}

/** The same with the second factor on. Its first code is used up, so time goes on by a step. */
export async function beginWithSecondFactor(t: Parameters<typeof build>[0], options: BuildOptions = {}) {
  const begun = await begin(t, options)
  const { app, time, headers } = begun
  const { secret, backup_codes } = (await post(app, 'totp/setup', {}, headers)).json()
  const reply = await post(app, 'totp/enable', { token: codeOf(secret, time.now) }, headers)
  if (reply.statusCode !== 200) throw new Error(`enable answered ${reply.body}`)
  time.now += 30_000
  return { ...begun, secret: secret as string, backupCodes: backup_codes as string[] }
}
