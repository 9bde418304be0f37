import type { Test } from 'tap'
import type { Config } from '../../schemas/foundation/config.ts'
import type { SslStatus } from '../../schemas/security/ssl.ts'
import { type App, type BuildOptions, build, PASSWORD, temporaryFolder } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'

/** A daemon with an owner whose session is confirmed, and its folder; `tls.pollMs` is short. */
export async function tlsDaemon(
  t: Test,
  { prepare, ...options }: BuildOptions & { prepare?: (app: App) => void } = {},
  overrides: Partial<Config> = {}
) {
  const folder = options.folder ?? (await temporaryFolder(t))
  const app = await build(t, overrides, { tls: { pollMs: 50 }, ...options, folder })
  prepare?.(app)
  if (app.authStore.snapshot().owner === null) {
    // As through a proxy, so that it is accepted with and without HTTPS.
    const headers = { 'x-forwarded-proto': 'https' }
    await app.inject({
      method: 'POST',
      url: '/api/auth/setup',
      headers,
      payload: { username: 'admin', password: PASSWORD }
    })
  }
  const { headers } = await openSession(app, 1, { confirmed: true })
  const secure = { ...headers, 'x-forwarded-proto': 'https' }
  const call = (action: string, payload: object = {}, more: object = secure) =>
    app.inject({ method: 'POST', url: `/api/ssl/${action}`, headers: { ...more }, payload })
  const status = async (more: object = secure): Promise<SslStatus> =>
    (await app.inject({ url: '/api/ssl/status', headers: { ...more } })).json()
  return { app, folder, headers, secure, call, status }
}

export async function listen(app: App, host = '127.0.0.1'): Promise<number> {
  await app.listen({ host, port: 0 })
  return (app.server.address() as { port: number }).port
}
