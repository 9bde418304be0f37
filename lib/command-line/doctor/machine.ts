import { statSync } from 'node:fs'
import { access, constants, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Config } from '../../../schemas/foundation/config.ts'
import { createTimeSync } from '../../host/time-sync.ts'
import { createProgram } from '../../programs/program.ts'
import { STATE_FILE } from '../../startup/folders.ts'
import { plainFault } from '../../startup/plain-fault.ts'
import { stateMigrations } from '../../storage/state-tables.ts'
import { faultOfChange } from '../host-files.ts'
import { type Check, fail, ok, warn } from './check.ts'

const MB = 1024 * 1024
/** Below this a database of the state folder may soon be unable to grow. */
const LOW_BYTES = 200 * MB
const NONE_BYTES = 10 * MB

/** Files that hold secrets, and the modes they must not exceed. */
function faultOfModes(configDir: string): string | null {
  for (const [path, mode] of [
    [configDir, 0o700],
    [join(configDir, 'auth.json'), 0o600]
  ] as const) {
    const found = statSync(path)
    if ((found.mode & 0o777 & ~mode) !== 0) return `other users can read ${path}; chmod ${mode.toString(8)} ${path}`
  }
  return null
}

export async function checkPermissions({ configDir, stateDir, authLog }: Config): Promise<Check> {
  const unusable = faultOfChange(join(configDir, 'auth.json'))
  if (unusable !== null) return fail('permissions', unusable, 'run this as the user who runs the daemon')
  const [fault, remedy] = faultOfModes(configDir)?.split('; ') ?? []
  if (fault !== undefined) return warn('permissions', fault, remedy!)
  for (const [path, rights] of [
    [stateDir, constants.W_OK | constants.X_OK],
    [dirname(authLog), constants.X_OK]
  ] as const) {
    const fault = await access(path, rights).then(
      () => null,
      (error) => plainFault(error)
    )
    if (fault !== null) return fail('permissions', `${path} cannot be used: ${fault}`, `create it: mkdir -p ${path}`)
  }
  return ok('permissions', `${configDir} is private, and ${stateDir} can be written`)
}

export async function checkClock(): Promise<Check> {
  const program = createProgram({ file: 'timedatectl', timeoutMs: 5000, maxBytes: 4096 })
  const remedy = 'turn time synchronisation on: timedatectl set-ntp true. Codes of two-factor authentication need it'
  try {
    const { run } = program
    const sync = await createTimeSync({ run }).read()
    if (sync.value === null) return ok('clock', `${new Date().toISOString()}; ${sync.reason}`)
    if (sync.value.synchronized) return ok('clock', `${new Date().toISOString()}, synchronised`)
    return warn('clock', `${new Date().toISOString()}, not synchronised`, remedy)
  } catch (error) {
    return warn('clock', plainFault(error), remedy)
  }
}

export async function checkDisk({ configDir, stateDir }: Config): Promise<Check> {
  let worst = ok('disk', '')
  for (const folder of [configDir, stateDir]) {
    try {
      const { bavail, bsize, ffree, files } = await statfs(folder)
      const free = bavail * bsize
      const message = `${Math.round(free / MB)} MB free in ${folder}`
      const remedy = `free some space: df -h ${folder}`
      if (free < NONE_BYTES || (files > 0 && ffree === 0)) return fail('disk', message, remedy)
      if (free < LOW_BYTES) worst = warn('disk', message, remedy)
      else if (worst.status === 'ok') worst = ok('disk', message)
    } catch (error) {
      return fail('disk', `${folder}: ${plainFault(error)}`, 'start the daemon once: systemctl start proxmenux-monitor')
    }
  }
  return worst
}

export function checkVersions({ stateDir }: Config, version: string): Check {
  const programs = `proxmenux-monitor ${version}, Node ${process.versions.node}, SQLite ${process.versions.sqlite}`
  const path = join(stateDir, STATE_FILE)
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
    const { user_version: found } = database.prepare('PRAGMA user_version').get() as { user_version: number }
    const known = stateMigrations.length
    if (found > known)
      return fail(
        'versions',
        `${programs}; ${path} has version ${found}, and this program knows ${known}`,
        'install the newer program again'
      )
    if (found < known)
      return warn(
        'versions',
        `${programs}; ${path} is of an older version`,
        'restart the daemon: systemctl restart proxmenux-monitor'
      )
    return ok('versions', programs)
  } catch (error) {
    return fail(
      'versions',
      `${programs}; ${path} cannot be read: ${plainFault(error)}`,
      'start the daemon once: systemctl start proxmenux-monitor'
    )
  } finally {
    database?.close()
  }
}
