import { randomUUID } from 'node:crypto'
import { type App, bearer } from './app.ts'

/** A new session of a user, without the login's hash. */
export async function openSession(app: App, userId = 1, { amr = ['pwd'], confirmed = false } = {}) {
  const account = app.authStore.snapshot().accounts.get(userId)!
  const times = { createdAt: app.clock(), expiresAt: app.clock() + 3_600_000 }
  const { credential } = account
  const fields = { userId, credential, amr, address: '127.0.0.1', userAgent: '', ...times }
  const session = await app.sessions.open(fields, randomUUID())
  if (confirmed) await app.stepUp.reauthenticate(session)
  const { token } = await app.sessionIssuer.issue(account, session, '')
  return { session, headers: bearer(token) }
}
