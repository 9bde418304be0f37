import { join } from 'node:path'
import type { Config } from '../../schemas/foundation/config.ts'
import { findStateFolder, STATE_FILE } from '../startup/folders.ts'
import type { CommandResult } from './result.ts'

/** `audit verify`: the index of this host, or that of each tenant of a panel. */
export async function verifyIndex(config: Config): Promise<CommandResult> {
  if (config.databaseUrl !== '') {
    const { verifyPanelChains } = await import('../storage/panel/commands/verify-audit.ts')
    return { ...(await verifyPanelChains(config)), isAnswer: true }
  }
  const { verifyAudit } = await import('../audit/verify.ts')
  const { line, code } = verifyAudit(join(findStateFolder(config), STATE_FILE))
  return { text: line, code, isAnswer: true }
}
