import { OWNER_ID } from '../auth/accounts.ts'
import type { HostAuthStore } from './auth-store.ts'
import type { HostSessionStore } from './session-store.ts'
import type { AccessFacts, AccessQuestion, AccessStore } from './stores/access.ts'

/** Answers at once, from memory. */
export interface HostAccess extends AccessStore {
  read(question: AccessQuestion): AccessFacts
}

/** Answers from the snapshot of auth.json and the sessions in memory. */
export const createHostAccess = (
  { snapshot }: Pick<HostAuthStore, 'snapshot'>,
  sessions: Pick<HostSessionStore, 'find'>
): HostAccess => ({
  read({ sid, userId, tokenHash, now }) {
    const { revision, mode, terminalWithoutAuth, accounts, tokens, revoked } = snapshot()
    const session = sid === undefined ? null : sessions.find(sid, now)
    const apiToken = tokenHash === undefined ? null : (tokens.get(tokenHash) ?? null)
    const byToken = tokenHash === undefined ? undefined : (apiToken?.user_id ?? OWNER_ID)
    const accountId = sid === undefined ? (userId ?? byToken) : session?.userId
    return {
      revision,
      mode,
      terminalWithoutAuth,
      session,
      account: accountId === undefined ? null : (accounts.get(accountId) ?? null),
      apiToken,
      isRevoked: tokenHash !== undefined && revoked.has(tokenHash)
    }
  }
})
