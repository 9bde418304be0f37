import { entryFaultsOf } from '../../../auth/entry-faults.ts'
import { type CommandResult, done, refused } from '../../../command-line/result.ts'
import { plainFault } from '../../../startup/plain-fault.ts'
import { readAuthFile } from '../../auth-store.ts'
import { type Imported, ImportRefusal, importAccounts } from '../import-accounts.ts'
import { migrate } from '../migrate.ts'
import { type ChangingPanel, findTenant, type PanelConfig, withChangingPanel } from './with-panel.ts'

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

function describe(path: string, who: string, imported: Imported, isUnprotected: boolean, faults: string[]): string {
  const { owner, users, resellers, tokens, revoked, secondFactors, backupCodes, newIds, keepsTokens } = imported
  const lines = [
    `${path} was copied to ${who}:`,
    `  the owner ${JSON.stringify(owner)}`,
    `  ${count(users, 'other user')}${resellers > 0 ? `, ${count(resellers, 'reseller')}` : ''}`,
    `  ${count(tokens, 'API token')}, ${revoked} revoked`,
    `  ${count(secondFactors, 'second factor')}, ${count(backupCodes, 'unused backup code')}`
  ]
  for (const [before, after] of newIds) lines.push(`User ${before} is user ${after} now: the id was in use.`)
  if (tokens > 0)
    lines.push(
      keepsTokens
        ? 'The API tokens stay valid: the panel uses the signing secret of the file.'
        : 'The API tokens are invalid here, because they are signed with another secret: create them again.'
    )
  if (isUnprotected) lines.push('The panel always asks for a login: the file’s choice of no protection was not copied.')
  return [...lines, ...faults].join('\n')
}

/** `import`: copies a Monitor's auth.json into a tenant without an owner. The file is only read. */
export async function importAuthFile(
  config: PanelConfig,
  path: string,
  slug: string | undefined
): Promise<CommandResult> {
  const read = await readAuthFile(path).catch((error: NodeJS.ErrnoException) => ({
    ok: false as const,
    fault: error.code === 'ENOENT' ? 'there is no such file' : plainFault(error)
  }))
  if (!read.ok) return refused(`import: ${path}: ${read.fault}`)
  const file = read.data
  const copy = async (panel: ChangingPanel): Promise<CommandResult> => {
    const tenant = await findTenant(panel.database, slug)
    if (tenant === null) return refused(`import: there is no tenant ${JSON.stringify(slug)}`)
    try {
      const imported = await importAccounts(panel, tenant.id, file)
      const isUnprotected = file.enabled === false || file.terminal_without_auth === true
      return done(describe(path, tenant.who, imported, isUnprotected, entryFaultsOf(file)))
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error
      return refused(`import: ${error.message}; nothing was copied to ${tenant.who}`)
    }
  }
  // An import may come before the first start of a replica.
  return withChangingPanel(config, copy, migrate)
}
