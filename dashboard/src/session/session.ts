import type { Body, Reply } from '../api/paths.ts'
import { isProblem, Problem, toProblem } from '../api/problem.ts'
import { bare, send } from '../api/transport.ts'
import { alone } from './lock.ts'
import { takeLoginLink } from './login-link.ts'
import { learnPanel } from './panel.ts'
import { getSession, type Session, type Status, setSession } from './state.ts'
import { broadcast, mayHaveCookie, onBroadcast, rememberCookie } from './tabs.ts'

type LoginReply = Reply<'/api/auth/login', 'post'>

/** A token is renewed this long before it expires, or after three quarters of a short lifetime. */
const AHEAD_MS = 30_000

// The token is kept only in memory, never in storage.
let token: { value: string; renewAt: number } | null = null
let refreshing: Promise<string> | null = null
/** Counts logouts, so that a response that arrives after a logout does not restore the session. */
let logouts = 0
/** The secret of a login link that was not sent yet. */
let link: string | null = null

function enter({ token: value, expires_in: seconds, user }: LoginReply): string {
  token = { value, renewAt: Date.now() + seconds * 1000 - Math.min(AHEAD_MS, seconds * 250) }
  rememberCookie(true)
  const now = getSession()
  // The page stays if the user is the same.
  if (now.kind !== 'in' || JSON.stringify(now.user) !== JSON.stringify(user)) setSession({ kind: 'in', user })
  return value
}

function leave(next: Session): void {
  logouts++
  token = null
  rememberCookie(false)
  setSession(next)
}

async function refreshAlone(): Promise<string> {
  const before = logouts
  const reply = await bare.post('/api/auth/refresh')
  if (logouts !== before) throw new Problem('REFRESH_INVALID', { status: 401 })
  return enter(reply)
}

/** Only one refresh runs at a time, across all tabs. */
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

/** The status does not report an unreadable auth.json; a refresh does. */
function isUnreadable(): boolean {
  const now = getSession()
  return now.kind === 'broken' && now.problem.code === 'AUTH_STORE_UNREADABLE'
}

/**
 * Continues the session that a login link carries, in place of this browser's session. No refresh runs meanwhile, whose
 * cookie could replace that of the link.
 */
async function enterByLink(secret: string): Promise<void> {
  // It works once, so no other start may send it too.
  link = null
  try {
    enter(await alone(() => bare.post('/api/auth/login-link', { body: { secret } })))
    broadcast('changed')
  } catch (error) {
    if (isProblem(error, 'CREDENTIALS', 'VALIDATION', 'NOT_FOUND')) return setSession({ kind: 'login', reason: 'link' })
    // The link may still be good. The next start sends it again.
    link = secret
    throw error
  }
}

/** Determines the session state and publishes it. Never throws. */
export async function start(reason: 'ended' | 'late' | 'logged-out' | null = null): Promise<void> {
  try {
    const status = await bare.get('/api/auth/status')
    learnPanel(status.panel)
    if (!status.configured || !status.auth_enabled) {
      link = null
      return leave(withoutSession(status))
    }
    if (link !== null) return await enterByLink(link)
    if (mayHaveCookie() || isUnreadable()) await refresh()
    else setSession({ kind: 'login', reason })
  } catch (error) {
    if (isProblem(error, 'REFRESH_INVALID'))
      leave({ kind: 'login', reason: reason ?? (mayHaveCookie() ? 'ended' : null) })
    else setSession({ kind: 'broken', problem: toProblem(error) })
  }
}

/** Starts the page, with the secret of a login link if its address had one. */
export function open(secret: string | null): void {
  link = secret
  void start()
  // A link that is opened in this tab changes only the fragment.
  window.addEventListener('hashchange', () => {
    const taken = takeLoginLink()
    if (taken === null) return
    link = taken
    // The link replaces the present session, if there is one.
    logouts++
    token = null
    setSession({ kind: 'starting' })
    void start()
  })
}

/** A token for a call, renewed if it is about to expire; null without a session. */
export async function freshToken(): Promise<string | null> {
  if (token === null) return null
  if (Date.now() < token.renewAt) return token.value
  return renew(token.value, null)
}

/** Replaces a token that was rejected (`why`) or is about to expire. Throws a Problem if the session has ended. */
export async function renew(old: string | null, why: Problem | null): Promise<string> {
  if (token !== null && token.value !== old && Date.now() < token.renewAt) return token.value
  if (token === null) {
    // Another visitor has set a password, so calls now require a login.
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

/** An error that concerns the whole API, so no single page can show it. */
export function reconsider(problem: Problem): void {
  // The status says whether all of this tenant is concerned, or the call alone.
  if (problem.code === 'SETUP_REQUIRED' || problem.code === 'ACCOUNT_DISABLED') void start()
  else setSession({ kind: 'broken', problem })
}

export async function login(body: Body<'/api/auth/login'>): Promise<void> {
  enter(await bare.post('/api/auth/login', { body }))
  broadcast('in')
}

/** Creates the owner. `finish` runs with the new token, before the dashboard opens. */
export async function setUp(body: Body<'/api/auth/setup'>, finish: (token: string) => Promise<void>): Promise<void> {
  const reply = await bare.post('/api/auth/setup', { body })
  await finish(reply.token)
  enter(reply)
  broadcast('changed')
}

/** `setupCode` is empty if the host does not require one. */
export async function decline(setupCode: string): Promise<void> {
  await bare.post('/api/auth/skip', { body: setupCode ? { setup_code: setupCode } : {} })
  await start()
  broadcast('changed')
}

/** Reverses `enabled: false` in auth.json. */
export async function enable(password: string): Promise<void> {
  await bare.post('/api/auth/enable', { body: { password } })
  await start()
  broadcast('changed')
}

/** Ends the session here and on the host. Throws a Problem if the host cannot be reached. */
export async function logout(): Promise<void> {
  try {
    await send({ method: 'post', path: '/api/auth/logout', token: await freshToken() })
  } catch (error) {
    // The session has already expired.
    if (!(isProblem(error) && error.status === 401)) throw error
  }
  leave({ kind: 'login', reason: 'logged-out' })
  broadcast('out')
}

onBroadcast((news) => {
  const { kind } = getSession()
  if (news === 'out' && kind === 'in') leave({ kind: 'login', reason: 'logged-out' })
  if (news === 'in' && kind === 'login') {
    rememberCookie(true)
    void start()
  }
  if (news === 'changed') void start()
})
