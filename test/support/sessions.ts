import { randomUUID } from 'node:crypto'
import type { SessionStore } from '../../lib/storage/stores/sessions.ts'
import { type App, bearer } from './app.ts'

/** A new session of a user, without the login's hash and, unless `confirmed`, without its confirmation. */
export async function openSession(app: App, userId = 1, { amr = ['pwd'], confirmed = false } = {}) {
  const account = app.authStore.snapshot().accounts.get(userId)!
  const now = app.clock()
  const times = { createdAt: now, confirmedAt: confirmed ? now : 0, expiresAt: now + 3_600_000 }
  const { credential } = account
  const fields = { userId, credential, amr, address: '127.0.0.1', userAgent: '', ...times }
  const session = await app.sessions.open(fields, randomUUID())
  const { token } = await app.sessionIssuer.issue(account, session, '')
  return { session, headers: bearer(token) }
}

/** Ends the confirmations of a user's sessions, as five minutes do. */
export async function expireConfirmations(app: Pick<App, 'clock'> & { sessions: SessionStore }, userId = 1) {
  for (const { sid } of await app.sessions.listOf(userId, app.clock())) await app.sessions.confirm(sid, 0)
}
