import { describeSession } from '../auth/sessions.ts'
import { type CommandResult, done, refused } from './result.ts'
import { type CommandStores, requireUser } from './stores.ts'
import { describeTable } from './table.ts'

/** The valid sessions of all users. */
export async function findSessions({ auth, sessions }: CommandStores) {
  const now = Date.now()
  const found = []
  for (const account of await auth.listAccounts()) {
    for (const session of await sessions.listOf(account.id, now)) {
      // After a change of the password the session is invalid, and its row stays until the clean-up.
      if (session.credential === account.credential) found.push({ account, session })
    }
  }
  return found
}

/** `sessions list`: those of every user. */
export async function listSessions(stores: CommandStores): Promise<CommandResult> {
  const sessions = (await findSessions(stores)).map(({ account, session }) => {
    const { current: _, ...shown } = describeSession(session, undefined)
    return { ...shown, username: account.username }
  })
  const rows = sessions.map((it) => [it.id, it.username, it.last_used_at, it.address, it.user_agent])
  const text = describeTable(['ID', 'USER', 'LAST USED', 'ADDRESS', 'CLIENT'], rows)
  return done(sessions.length === 0 ? 'No sessions.' : text, { sessions })
}

export interface SessionChoice {
  id: string | undefined
  user: string | undefined
  all: boolean
}

/** `sessions end`: one session, those of a user, or all. Their terminals end with them. */
export async function endSessions(stores: CommandStores, { id, user, all }: SessionChoice): Promise<CommandResult> {
  const { auth, sessions, record } = stores
  if (id !== undefined) {
    const found = (await findSessions(stores)).find(({ session }) => session.sid === id)
    if (!found || !(await sessions.end(id))) return refused(`sessions end: there is no session ${JSON.stringify(id)}`)
    record('userSessionsEnded', found.account.username)
    return done('1 session ended.', { ended: 1 })
  }
  const accounts = all ? await auth.listAccounts() : [await requireUser(stores, user!)]
  const open = new Set((await findSessions(stores)).map(({ account }) => account.id))
  const ended = await sessions.endAll(accounts.map((account) => account.id))
  for (const { id, username } of accounts) if (open.has(id)) record('userSessionsEnded', username)
  return done(`${ended} ${ended === 1 ? 'session' : 'sessions'} ended.`, { ended })
}
