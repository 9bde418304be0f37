import type { Config } from '../../schemas/foundation/config.ts'
import type { Audit } from '../audit/events.ts'
import type { Account } from '../auth/accounts.ts'
import { plainFault } from '../startup/plain-fault.ts'
import type { AuditStore } from '../storage/stores/audit.ts'
import type { AuthStore } from '../storage/stores/auth.ts'
import type { Lockouts } from '../storage/stores/lockouts.ts'
import type { LoginLinkStore } from '../storage/stores/login-links.ts'
import type { SessionStore } from '../storage/stores/sessions.ts'
import type { TokenUseStore } from '../storage/stores/token-uses.ts'
import type { CommandResult } from './result.ts'

/** Who acts, in the audit log. */
export const ACTOR = 'command line'

/** The daemon's stores as a command uses them: a running daemon, or each replica, sees a change within a second. */
export interface CommandStores {
  auth: AuthStore
  sessions: Pick<SessionStore, 'listOf' | 'end' | 'endAll' | 'lastLoginsOf'>
  lockouts: Pick<Lockouts, 'unlock'>
  tokenUses: Pick<TokenUseStore, 'findAll'>
  loginLinks: Pick<LoginLinkStore, 'issue'>
  audit: Pick<AuditStore, 'list'>
  /** The tenant's id; the operator's on a host. */
  tenant: number
  rotateSecret(): Promise<void>
  /** Records an event of the command line, with the user or object that it concerns. */
  record(event: keyof Audit, target?: string): void
}

export type StoresWork = (stores: CommandStores) => Promise<CommandResult>

/** Runs `work` on the stores of this host, or of one tenant of its panel. Throws an Error with one line. */
export async function withStores(config: Config, slug: string | undefined, work: StoresWork): Promise<CommandResult> {
  if (config.databaseUrl !== '') {
    const { withPanelStores } = await import('./panel-stores.ts')
    return withPanelStores(config, slug, work)
  }
  if (slug !== undefined) throw new Error('this host has no tenants; leave --tenant out')
  const { withHostStores } = await import('./host-stores.ts')
  return withHostStores(config, work)
}

/**
 * Records what a command did that does not need these stores, so that it works while they are damaged. Returns the
 * command's result, with a warning about an event that could not be recorded.
 */
export async function recorded(
  config: Config,
  slug: string | undefined,
  event: keyof Audit,
  result: CommandResult
): Promise<CommandResult> {
  if (result.code !== 0) return result
  try {
    return await withStores(config, slug, async ({ record }) => {
      record(event)
      return result
    })
  } catch (error) {
    return { ...result, warning: `not in the audit log: ${plainFault(error)}` }
  }
}

/** Throws an Error with one line for an unknown user. */
export async function requireUser({ auth }: Pick<CommandStores, 'auth'>, name: string): Promise<Account> {
  const account = await auth.findByName(name)
  if (account === null) throw new Error(`there is no user ${JSON.stringify(name)}`)
  return account
}
