import { accessSync, chmodSync, constants, copyFileSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { plainFault } from '../startup/plain-fault.ts'
import { type HostAuthStore, openAuthStore } from '../storage/auth-store.ts'
import { createFileLock } from '../storage/file-lock.ts'
import { backToFirstLaunch } from './first-launch.ts'

/** The text to print and the exit code: 0 the login was reset, 1 it failed. */
export interface ResetResult {
  text: string
  code: 0 | 1
}

const refuse = (text: string): ResetResult => ({ text: `reset-password: ${text}`, code: 1 })

const nothing = refuse('there is no login to reset; open the dashboard to create one')

/** UTC, to the second: `20260424T143211Z`. */
const stampOf = (now: Date): string => now.toISOString().replaceAll(/[-:]|\.\d+/g, '')

/**
 * Resets to the first launch from the host's shell (contract 13): copies auth.json, then clears the owner's login,
 * second factor and allow-list. The secret, API tokens and other users stay. A running daemon notices the change within
 * a second and ends the owner's sessions. `lockPath` is the daemon's lock.
 */
export async function resetPassword(path: string, lockPath: string, now = new Date()): Promise<ResetResult> {
  let store: HostAuthStore | undefined
  let copy = ''
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) return refuse(`there is no ${path}; set MONITOR_CONFIG_DIR to the daemon's configuration folder`)
    // The daemon could not read a file written by another user.
    if (found.uid !== process.getuid!())
      return refuse(`${path} belongs to the user with the id ${found.uid}: run this as them`)
    for (const [place, rights] of [
      [path, constants.R_OK],
      [dirname(path), constants.W_OK | constants.X_OK]
    ] as const) {
      const fault = faultOfAccess(place, rights)
      if (fault !== null) return refuse(`${place} cannot be used: ${fault}`)
    }
    store = await openAuthStore({ path, lock: createFileLock(lockPath) })
    const { fault, mode, owner } = store.snapshot()
    if (fault !== null) return refuse(`${path} cannot be read: ${fault}; fix the file or restore a copy of it`)
    if (mode === 'unconfigured') return nothing
    const isDone = await store.update((draft) => {
      // Another run of this command has already reset the login.
      if (!draft.username && !draft.declined) return false
      // Repeated if the file changed during the write.
      rmSync(copy, { force: true })
      const target = `${path}.bak-${stampOf(now)}`
      copyFileSync(path, target, constants.COPYFILE_EXCL)
      copy = target
      chmodSync(copy, 0o600)
      backToFirstLaunch(draft)
      return true
    })
    if (!isDone) return nothing
    const whose = owner ? `The login of ${JSON.stringify(owner.username)} is` : 'The choice of no password is'
    return {
      text: `${whose} gone, its copy is ${copy}.
Open the dashboard now: the first visitor creates the new account. API tokens and other users stay.`,
      code: 0
    }
  } catch (error) {
    // The new file may be in place even though the fsync failed.
    if (copy !== '' && !readFileSync(path).equals(readFileSync(copy)))
      return refuse(`the login is gone, its copy is ${copy}, but a power cut may bring it back: ${plainFault(error)}`)
    rmSync(copy, { force: true })
    return refuse(`the login is as it was: ${plainFault(error)}`)
  } finally {
    await store?.close()
  }
}

function faultOfAccess(path: string, rights: number): string | null {
  try {
    accessSync(path, rights)
    return null
  } catch (error) {
    return plainFault(error)
  }
}
