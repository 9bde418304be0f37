import { createHash, randomBytes } from 'node:crypto'
import type { StateDatabase } from './state-database.ts'
import type { LoginLinkStore } from './stores/login-links.ts'

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Login links in the file alone: the command line writes them, the daemon reads them. `now` in ms since the epoch. */
export const createLoginLinkStore = (state: Pick<StateDatabase, 'use'>, now: () => number): LoginLinkStore => ({
  async issue({ userId, credential }, ttlMs) {
    const secret = randomBytes(32).toString('base64url')
    state.use((_, sql) => {
      sql.run`DELETE FROM login_links WHERE expires_at <= ${now()}`
      sql.run`INSERT INTO login_links VALUES (${hashOf(secret)}, ${userId}, ${credential}, ${now() + ttlMs})`
    })
    return secret
  },

  async redeem(secret) {
    const row = state.use(
      (_, sql) =>
        sql.get`DELETE FROM login_links WHERE hash = ${hashOf(secret)} RETURNING user_id, credential, expires_at`
    )
    if (row === undefined || (row.expires_at as number) <= now()) return null
    return { userId: row.user_id as number, credential: row.credential as string }
  }
})
