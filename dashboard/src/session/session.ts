import type { Body, Reply } from '../api/paths.ts'
import { isProblem, Problem, toProblem } from '../api/problem.ts'
import { bare, send } from '../api/transport.ts'
import { alone } from './lock.ts'
import { getSession, type Session, type Status, setSession } from './state.ts'
import { mayHaveCookie, onNews, rememberCookie, tell } from './tabs.ts'

type LoginReply = Reply<'/api/auth/login', 'post'>

/** Renewed this long before it ends, or a quarter of a short life. */
const AHEAD_MS = 30_000

// Here and nowhere else: no storage ever holds it.
let token: { value: string; renewAt: number } | null = null
let refreshing: Promise<string> | null = null
/** Counts departures: an answer that was on its way meanwhile brings nobody back in. */
let departures = 0

function enter({ token: value, expires_in: seconds, user }: LoginReply): string {
  token = { value, renewAt: Date.now() + seconds * 1000 - Math.min(AHEAD_MS, seconds * 250) }
  rememberCookie(true)
  const now = getSession()
  // The same user keeps the same page.
  if (now.kind !== 'in' || JSON.stringify(now.user) !== JSON.stringify(user)) setSession({ kind: 'in', user })
  return value
}

function leave(next: Session): void {
  departures++
  token = null
  rememberCookie(false)
  setSession(next)
}

async function refreshAlone(): Promise<string> {
  const before = departures
  const reply = await bare.post('/api/auth/refresh')
  if (departures !== before) throw new Problem('REFRESH_INVALID', { status: 401 })
  return enter(reply)
}

/** One at a time, in this tab and in all others. */
function refresh(): Promise<string> {
  refreshing ??= alone(refreshAlone).finally(() => {
    refreshing = null
  })
  return refreshing
}

function withoutSession(status: Status): Session {
  if (!status.configured) return { kind: 'first-launch', status }
  return { kind: 'open', status, mode: status.declined ? 'declined' : 'disabled' }
}

/** The status does not tell whether auth.json can be read; a refresh does. */
function isUnreadable(): boolean {
  const now = getSession()
  return now.kind === 'broken' && now.problem.code === 'AUTH_STORE_UNREADABLE'
}

/** Finds out where things stand, and says so as the session's state. Never throws. */
export async function start(reason: 'ended' | 'late' | 'logged-out' | null = null): Promise<void> {
  try {
    const status = await bare.get('/api/auth/status')
    if (!status.configured || !status.auth_enabled) return leave(withoutSession(status))
    if (mayHaveCookie() || isUnreadable()) await refresh()
    else setSession({ kind: 'login', reason })
  } catch (error) {
    if (isProblem(error, 'REFRESH_INVALID'))
      leave({ kind: 'login', reason: reason ?? (mayHaveCookie() ? 'ended' : null) })
    else setSession({ kind: 'broken', problem: toProblem(error) })
  }
}

/** A token for a call, renewed where it is about to end; null where there is no session. */
export async function freshToken(): Promise<string | null> {
  if (token === null) return null
  if (Date.now() < token.renewAt) return token.value
  return renew(token.value, null)
}

/** Another token in place of one that was refused (`why`) or is old. Throws a Problem where there is none. */
export async function renew(old: string | null, why: Problem | null): Promise<string> {
  if (token !== null && token.value !== old && Date.now() < token.renewAt) return token.value
  if (token === null) {
    // Calls are open no longer: somebody has set a password meanwhile.
    void start('ended')
    throw why ?? new Problem('TOKEN_MISSING')
  }
  try {
    return await refresh()
  } catch (error) {
    if (isProblem(error, 'REFRESH_INVALID')) {
      token = null
      rememberCookie(false)
      void start('ended')
    }
    throw error
  }
}

/** A refusal that concerns everything, and that no single page can show. */
export function reconsider(problem: Problem): void {
  if (problem.code === 'SETUP_REQUIRED') void start()
  else setSession({ kind: 'broken', problem })
}

export async function login(body: Body<'/api/auth/login'>): Promise<void> {
  enter(await bare.post('/api/auth/login', { body }))
  tell('in')
}

/** Creates the owner. `finish` runs with the new token, before the dashboard opens. */
export async function setUp(body: Body<'/api/auth/setup'>, finish: (token: string) => Promise<void>): Promise<void> {
  const reply = await bare.post('/api/auth/setup', { body })
  await finish(reply.token)
  enter(reply)
  tell('changed')
}

/** `setupCode` is empty where the host asks for none. */
export async function decline(setupCode: string): Promise<void> {
  await bare.post('/api/auth/skip', { body: setupCode ? { setup_code: setupCode } : {} })
  await start()
  tell('changed')
}

/** Undoes `enabled: false` of auth.json. */
export async function enable(password: string): Promise<void> {
  await bare.post('/api/auth/enable', { body: { password } })
  await start()
  tell('changed')
}

/** Ends the session here and on the host. Throws a Problem where the host could not be told. */
export async function logout(): Promise<void> {
  try {
    await send({ method: 'post', path: '/api/auth/logout', token: await freshToken() })
  } catch (error) {
    // It has ended by itself.
    if (!(isProblem(error) && error.status === 401)) throw error
  }
  leave({ kind: 'login', reason: 'logged-out' })
  tell('out')
}

onNews((news) => {
  const { kind } = getSession()
  if (news === 'out' && kind === 'in') leave({ kind: 'login', reason: 'logged-out' })
  if (news === 'in' && kind === 'login') {
    rememberCookie(true)
    void start()
  }
  if (news === 'changed') void start()
})
