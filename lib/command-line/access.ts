import { hostname } from 'node:os'
import type { Config } from '../../schemas/foundation/config.ts'
import { noSecondFactor, OWNER_ID, recordOf } from '../auth/accounts.ts'
import { LOGIN_LINK_TTL_MS } from '../auth/login-link.ts'
import { normaliseAddress } from '../net/address.ts'
import { readTlsFile } from './json-files.ts'
import { type CommandResult, done, refused } from './result.ts'
import { type CommandStores, requireUser, withStores } from './stores.ts'
import { agrees } from './terminal.ts'

/** `totp disable`: turns two-factor authentication off, and ends the user's sessions. */
export async function disableSecondFactor(stores: CommandStores, name: string): Promise<CommandResult> {
  const { auth, sessions, record } = stores
  const { id, username } = await requireUser(stores, name)
  const wasOn = await auth.change({ accounts: [id] }, (draft) => {
    const found = recordOf(draft, id)
    if (!found?.totp_enabled) return false
    Object.assign(found, noSecondFactor())
    return true
  })
  const user = JSON.stringify(username)
  if (!wasOn) return refused(`totp disable: two-factor authentication of the user ${user} is not on`)
  record('secondFactorDisabled', username)
  const ended = await sessions.endAll(id)
  return done(`Two-factor authentication of the user ${user} is off.`, { username, ended_sessions: ended })
}

/** `unlock`: forgets the failed logins of a user name, from every network or from that of one address. */
export async function unlockUser(
  { auth, lockouts, record }: CommandStores,
  name: string,
  address: string | undefined
): Promise<CommandResult> {
  if (address !== undefined && normaliseAddress(address) === null)
    return refused(`unlock: ${JSON.stringify(address)} is not an IPv4 or IPv6 address`)
  // A name that no user has is locked like any other.
  const username = (await auth.findByName(name))?.username ?? name
  const networks = await lockouts.unlock(username, address)
  const user = JSON.stringify(username)
  if (networks === 0) return refused(`unlock: the user ${user} has no failed logins${address ? ' from there' : ''}`)
  record('userUnlocked', username)
  return done(`The user ${user} can log in again.`, { username, networks })
}

/** `rotate-secret`: a new signing secret; every session and API token is invalid at once. */
export async function rotateSigningSecret(config: Config, isYes: boolean): Promise<CommandResult> {
  const question = 'Log all users out, and make every API token invalid?'
  if (!(await agrees(question, isYes))) return refused('rotate-secret: the secret is as it was')
  return withStores(config, undefined, async ({ rotateSecret, record }) => {
    await rotateSecret()
    record('secretRotated')
    return done('The signing secret is new. All users are logged out, and every API token must be created again.')
  })
}

/** Where a browser reaches this host. */
export function urlOf({ publicUrl, host, port }: Config, isHttps: boolean): string {
  if (publicUrl !== '') return publicUrl.replace(/\/$/, '')
  const isAny = host === '0.0.0.0' || host === '::'
  const name = isAny ? hostname() : host.includes(':') ? `[${host}]` : host
  return `${isHttps ? 'https' : 'http'}://${name}:${port}`
}

/** `login-link`: a link that logs a user in once, within five minutes. */
export async function issueLoginLink(
  stores: CommandStores,
  config: Config,
  name: string | undefined
): Promise<CommandResult> {
  const { auth, loginLinks, record } = stores
  const account = name === undefined ? await auth.findAccount(OWNER_ID) : await requireUser(stores, name)
  if (account === null) return refused('login-link: there is no owner yet; open the dashboard to create the account')
  if (!account.isActive) return refused(`login-link: the user ${JSON.stringify(account.username)} is disabled`)
  const expiresAt = new Date(Date.now() + LOGIN_LINK_TTL_MS).toISOString()
  const secret = await loginLinks.issue({ userId: account.id, credential: account.credential }, LOGIN_LINK_TTL_MS)
  record('loginLinkIssued', account.username)
  // In the fragment, which a browser sends to no server.
  const url = `${urlOf(config, (await readTlsFile(config.sslConfig)).enabled)}/#sign-in=${secret}`
  return done(url, { url, expires_at: expiresAt })
}
