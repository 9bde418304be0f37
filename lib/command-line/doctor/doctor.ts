import type { Config } from '../../../schemas/foundation/config.ts'
import { findStateFolder } from '../../startup/folders.ts'
import { readVersion } from '../../startup/locations.ts'
import { plainFault } from '../../startup/plain-fault.ts'
import { ownerFault } from '../host-files.ts'
import { withFolders } from '../host-stores.ts'
import type { CommandResult } from '../result.ts'
import { type Check, fail, ok } from './check.ts'
import { checkClock, checkDisk, checkPermissions, checkVersions } from './machine.ts'
import { checkCertificate, checkFail2ban, checkPort, checkProxy } from './network.ts'

async function checkPanel(config: Config): Promise<Check> {
  const { withChangingPanel } = await import('../../storage/panel/commands/with-panel.ts')
  try {
    await withChangingPanel(config, async () => {})
    return ok('panel', 'PostgreSQL and Redis answer')
  } catch (error) {
    return fail('panel', plainFault(error), 'see docs/panel.md')
  }
}

/** What an operator would look at first, and whether the daemon runs; null where nobody can tell. It has no secret. */
export async function examineAll(configured: Config): Promise<{ isRunning: boolean | null; checks: Check[] }> {
  const config = { ...configured, stateDir: findStateFolder(configured) }
  const isPanel = config.databaseUrl !== ''
  // A lock file of another user would keep the daemon out.
  const isUnknown = isPanel || ownerFault(config.configDir) !== null
  // Without its folders no daemon runs.
  const isRunning = isUnknown ? null : await withFolders(config, async (isHeld) => isHeld).catch(() => false)
  const checks = await Promise.all([
    checkPort(config, isRunning),
    ...(isPanel ? [checkPanel(config)] : [checkPermissions(config), checkVersions(config, readVersion())]),
    checkClock(),
    checkCertificate(config),
    checkProxy(config),
    checkFail2ban(config),
    checkDisk(config)
  ])
  return { isRunning, checks }
}

/** `doctor`: the checks as lines. Code 1 if one fails. */
export async function examine(config: Config): Promise<CommandResult> {
  const { checks } = await examineAll(config)
  const lines = checks.map(({ name, status, message, remedy }) =>
    [
      `${status.padEnd(4)}  ${name.padEnd(11)}  ${message}`,
      ...(remedy === '' ? [] : [`${' '.repeat(19)}${remedy}`])
    ].join('\n')
  )
  const code = checks.some(({ status }) => status === 'fail') ? 1 : 0
  return { text: lines.join('\n'), code, json: { checks }, isAnswer: true }
}
