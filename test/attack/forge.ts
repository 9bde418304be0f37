import { createHmac } from 'node:crypto'
import type { App } from '../support/app.ts'

/** Makes any token, valid or not; nothing is checked. */
export interface Forgery {
  header?: Record<string, unknown> | string
  /** Claims put over the good ones; undefined takes one out. A text is the whole payload as it is. */
  claims?: Record<string, unknown> | string
  key?: string
  hash?: 'sha256' | 'sha384' | 'sha512'
  /** In place of the HMAC over the signing input. */
  signature?: (input: string) => string
}

export const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

export const decodeClaims = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())

/** A forger for an app's own secret: without a forgery the token is the Monitor's own API token, and good. */
export function createForger(app: App, now = Date.now) {
  return ({ header = {}, claims = {}, key, hash = 'sha256', signature }: Forgery = {}): string => {
    const iat = Math.floor(now() / 1000)
    const good = { iss: 'proxmenux-monitor', aud: 'api', iat, exp: iat + 3600, username: 'admin', token_name: 'test' }
    const first = encode(typeof header === 'string' ? header : { alg: 'HS256', typ: 'JWT', ...header })
    const input = `${first}.${encode(typeof claims === 'string' ? claims : { ...good, ...claims })}`
    const mac = () =>
      createHmac(hash, key ?? app.authStore.snapshot().secret)
        .update(input)
        .digest('base64url')
    return `${input}.${signature ? signature(input) : mac()}`
  }
}

/** The status of the one route that every good token may read. */
export const tryToken = async (app: App, token: string): Promise<number> =>
  (await app.inject({ url: '/api/system', headers: { authorization: `Bearer ${token}` } })).statusCode
