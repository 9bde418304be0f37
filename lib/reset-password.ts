import { chmodSync, constants, copyFileSync, statSync } from 'node:fs'
import { backToFirstLaunch } from './first-launch.ts'
import { openAuthStore } from './storage/auth-store.ts'
import { createFileLock } from './storage/file-lock.ts'

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
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return refuse(`there is no ${path}; with MONITOR_CONFIG_DIR say where the daemon has its files`)
  // What another user writes in its place, the daemon could read no more.
  if (found.uid !== process.getuid!())
    return refuse(`${path} belongs to the user with the id ${found.uid}: run this as them`)
  const store = await openAuthStore({ path, lock: createFileLock(lockPath) })
  try {
    const { fault, mode, owner } = store.snapshot()
    if (fault !== null) return refuse(`${path} cannot be read: ${fault}; mend it, or put a copy of it in its place`)
    if (mode === 'unconfigured') return nothing
    const copy = `${path}.bak-${stampOf(now)}`
    const isDone = await store.update((draft) => {
      // Another run of this command was quicker.
      if (!draft.username && !draft.declined) return false
      copyFileSync(path, copy, constants.COPYFILE_EXCL)
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
    return refuse(`the login is as it was: ${(error as Error).message}`)
  } finally {
    await store.close()
  }
}
