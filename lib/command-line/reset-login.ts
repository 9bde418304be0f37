import { join } from 'node:path'
import type { Config } from '../../schemas/foundation/config.ts'
import { resetPassword } from './reset-password.ts'
import { type CommandResult, refused } from './result.ts'
import { recorded } from './stores.ts'
import { agrees } from './terminal.ts'

const QUESTION = "Delete the owner's login and second factor, and end the owner's sessions?"

/** `reset-password`: on a host, or for one tenant of a panel. */
export async function resetLogin(config: Config, tenant: string | undefined, isYes: boolean): Promise<CommandResult> {
  const isPanel = config.databaseUrl !== ''
  if (!isPanel && tenant !== undefined) return refused('reset-password: this host has no tenants; leave --tenant out')
  if (!(await agrees(QUESTION, isYes))) return refused('reset-password: the login is as it was')
  const reset = async (): Promise<CommandResult> => {
    if (!isPanel) return resetPassword(join(config.configDir, 'auth.json'), join(config.configDir, '.auth.lock'))
    const { resetPanelPassword } = await import('../storage/panel/commands/reset-password.ts')
    return resetPanelPassword(config, tenant)
  }
  return recorded(config, tenant, 'loginReset', await reset())
}
