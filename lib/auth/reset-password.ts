import { accessSync, chmodSync, constants, copyFileSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { plainFault } from '../startup/plain-fault.ts'
import { type HostAuthStore, openAuthStore } from '../storage/auth-store.ts'
import { createFileLock } from '../storage/file-lock.ts'
import { backToFirstLaunch } from './first-launch.ts'

/** Lines for people and an exit code: 0 it was done, 1 it was not, and the file is as it was. */
export interface ResetResult {
  text: string
  code: 0 | 1
}

const refuse = (text: string): ResetResult => ({ text: `reset-password: ${text}`, code: 1 })

const nothing = refuse('there is no login to reset; open the dashboard and make one')

/** UTC, to the second: `20260424T143211Z`. */
const stampOf = (now: Date): string => now.toISOString().replaceAll(/[-:]|\.\d+/g, '')

/**
 * Back to the first launch from the host's shell (contract 13): a copy beside auth.json, then the owner's login, second
 * factor and allow-list are cleared. Secret, API tokens and other users stay. A daemon that runs sees it within a second,
 * and the owner's sessions end. `lockPath` is the daemon's own lock.
 */
export async function resetPassword(path: string, lockPath: string, now = new Date()): Promise<ResetResult> {
  let store: HostAuthStore | undefined
  let copy = ''
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) return refuse(`there is no ${path}; with MONITOR_CONFIG_DIR say where the daemon has its files`)
    // What another user writes in its place, the daemon could read no more.
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
    if (fault !== null) return refuse(`${path} cannot be read: ${fault}; mend it, or put a copy of it in its place`)
    if (mode === 'unconfigured') return nothing
    const isDone = await store.update((draft) => {
      // Another run of this command was quicker.
      if (!draft.username && !draft.declined) return false
      // Again, where the file changed while it was written.
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
Open the dashboard now: whoever does so first makes the new account. API tokens and other users stay.`,
      code: 0
    }
  } catch (error) {
    // The new file may be in place, and only its way to the disk have failed.
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
