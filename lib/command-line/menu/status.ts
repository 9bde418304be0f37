import type { Config } from '../../../schemas/foundation/config.ts'
import { readVersion } from '../../startup/locations.ts'
import { plainFault } from '../../startup/plain-fault.ts'
import { urlOf } from '../access.ts'
import { examineAll } from '../doctor/doctor.ts'
import { readTlsFile } from '../json-files.ts'
import { findSessions } from '../sessions.ts'
import { withStores } from '../stores.ts'

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

async function describeUsers(config: Config, tenant: string | undefined): Promise<string> {
  let line = ''
  await withStores(config, tenant, async (stores) => {
    const accounts = await stores.auth.listAccounts()
    const withFactor = accounts.filter(({ totpSecret }) => totpSecret !== null).length
    const sessions = (await findSessions(stores)).length
    line = `${counted(accounts.length, 'user')}, ${withFactor} with two-factor authentication; ${counted(sessions, 'session')}`
    return { text: '', code: 0 }
  })
  return line
}

/** What the menu shows of this host: version, address, state, users, sessions, and what `doctor` finds. */
export async function describeStatus(config: Config, tenant: string | undefined): Promise<string> {
  const isHttps = await readTlsFile(config.sslConfig).then(
    ({ enabled }) => enabled,
    () => false
  )
  const { isRunning, checks } = await examineAll(config)
  const users = await describeUsers(config, tenant).catch((error) => plainFault(error))
  const state = isRunning === null ? 'see "port" below' : isRunning ? 'running' : 'not running'
  return [
    `Version:  ${readVersion()}`,
    `Address:  ${urlOf(config, isHttps)}`,
    `Daemon:   ${state}`,
    `Accounts: ${users}`,
    '',
    ...checks.flatMap(({ name, status, message, remedy }) => [
      `${status.padEnd(4)} ${name}: ${message}`,
      ...(remedy === '' ? [] : [`     ${remedy}`])
    ])
  ].join('\n')
}
