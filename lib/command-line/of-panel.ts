import { join } from 'node:path'
import type { Config } from '../../schemas/foundation/config.ts'
import { type CommandResult, refused } from './result.ts'
import { recorded } from './stores.ts'

const noPanel = (name: string): CommandResult =>
  refused(`${name}: this host is not part of a panel: MONITOR_DATABASE_URL is not set`)

export async function rotateKey(config: Config): Promise<CommandResult> {
  if (config.databaseUrl === '') return noPanel('rotate-key')
  const { rotatePanelKey } = await import('../storage/panel/commands/rotate-key.ts')
  return recorded(config, undefined, 'encryptionKeyRotated', await rotatePanelKey(config))
}

export async function importFile(
  config: Config,
  file: string | undefined,
  tenant: string | undefined
): Promise<CommandResult> {
  if (config.databaseUrl === '') return noPanel('import')
  const { importAuthFile } = await import('../storage/panel/commands/import.ts')
  const path = file ?? join(config.configDir, 'auth.json')
  return recorded(config, tenant, 'usersImported', await importAuthFile(config, path, tenant))
}
