import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { journalPath } from '../startup/interrupted-restore.ts'
import { plainFault } from '../startup/plain-fault.ts'

/** Why this user may not write a path of the daemon's, or null: the daemon could not read what another user wrote. */
export function ownerFault(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found || found.uid === process.getuid!()) return null
  return `${path} belongs to the user with the id ${found.uid}: run this as them`
}

/** Why this user may not change a file of the daemon's, or null. */
export function faultOfChange(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return `there is no ${path}; set MONITOR_CONFIG_DIR to the daemon's configuration folder`
  const owner = ownerFault(path)
  if (owner !== null) return owner
  for (const [place, rights] of [
    [path, constants.R_OK],
    [dirname(path), constants.W_OK | constants.X_OK]
  ] as const) {
    try {
      accessSync(place, rights)
    } catch (error) {
      return `${place} cannot be used: ${plainFault(error)}`
    }
  }
  if (existsSync(journalPath(dirname(path))))
    return 'a restore was interrupted; start the daemon, or run the restore again, to finish it'
  return null
}
