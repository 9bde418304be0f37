import { chmodSync, constants, copyFileSync, readFileSync, rmSync } from 'node:fs'
import { backToFirstLaunch } from '../auth/first-launch.ts'
import { plainFault } from '../startup/plain-fault.ts'
import { type HostAuthStore, openAuthStore } from '../storage/auth-store.ts'
import { createFileLock } from '../storage/file-lock.ts'
import { faultOfChange } from './host-files.ts'
import { type CommandResult, done, refused as refusedBy } from './result.ts'
import { stampOf } from './stamp.ts'

const refused = (text: string): CommandResult => refusedBy(`reset-password: ${text}`)

const nothing = refused('there is no login to reset; open the dashboard to create one')

/**
 * Resets to the first launch from the host's shell (contract 13): copies auth.json, then clears the owner's login,
 * second factor and allow-list. The secret, API tokens and other users stay. A running daemon notices the change within
 * a second and ends the owner's sessions. `lockPath` is the daemon's lock.
 */
export async function resetPassword(path: string, lockPath: string, now = new Date()): Promise<CommandResult> {
  let store: HostAuthStore | undefined
  let copy = ''
  try {
    const unusable = faultOfChange(path)
    if (unusable !== null) return refused(unusable)
    store = await openAuthStore({ path, lock: createFileLock(lockPath) })
    const { fault, mode, owner } = store.snapshot()
    if (fault !== null) return refused(`${path} cannot be read: ${fault}; fix the file or restore a copy of it`)
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
    const text = `${whose} gone, its copy is ${copy}.
Open the dashboard now: the first visitor creates the new account. API tokens and other users stay.`
    return done(text, { username: owner?.username ?? null, copy })
  } catch (error) {
    // The new file may be in place even though the fsync failed.
    if (copy !== '' && !readFileSync(path).equals(readFileSync(copy)))
      return refused(`the login is gone, its copy is ${copy}, but a power cut may bring it back: ${plainFault(error)}`)
    rmSync(copy, { force: true })
    return refused(`the login is as it was: ${plainFault(error)}`)
  } finally {
    await store?.close()
  }
}
