import { createSigner } from 'fast-jwt'
import type { App } from './app.ts'

export const claims = (more: Record<string, unknown> = {}) => {
  const iat = Math.floor(Date.now() / 1000)
  return { iss: 'proxmenux-monitor', aud: 'api', iat, exp: iat + 3600, username: 'admin', ...more }
}

/** A token as the Monitor mints one: no sid, no jti, and a scope only where one is given. */
export const mintApiToken = (app: App, more: Record<string, unknown> = {}): string =>
  createSigner({ key: app.authStore.snapshot().secret, algorithm: 'HS256' })(claims({ token_name: 'test', ...more }))
