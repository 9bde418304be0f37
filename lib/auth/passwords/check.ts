import type { AuthStore } from '../../storage/stores/auth.ts'
import type { SessionStore } from '../../storage/stores/sessions.ts'
import { type Account, credentialOf, recordOf } from '../accounts.ts'
import type { Hasher } from './hasher.ts'

export interface PasswordCheckOptions {
  store: AuthStore
  sessions: SessionStore
  hasher: Hasher
  /** Called if a stronger hash could not be stored after a correct password. */
  onRehashFailed: (error: unknown) => void
}

/**
 * Checks the password of an account; a null account takes the same time. Returns the account's credential, to which a
 * new session is bound, or null. A correct password replaces a hash weaker than the present standard.
 * Throws HasherBusyError.
 */
export function createPasswordCheck({ store, sessions, hasher, onRehashFailed }: PasswordCheckOptions) {
  /** The credential with the new hash; null if the stored hash changed since the check. */
  const storeRehash = async (account: Account, rehashed: string): Promise<string | null> => {
    try {
      const credential = await store.change({ accounts: [account.id] }, (draft) => {
        const record = recordOf(draft, account.id)
        if (record?.username !== account.username || record.password_hash !== account.passwordHash) return null
        record.password_hash = rehashed
        return credentialOf(record, draft.jwt_secret)
      })
      if (credential === null) return null
      await sessions.renewCredential(account.id, account.credential, credential)
      return credential
    } catch (error) {
      onRehashFailed(error)
      return account.credential
    }
  }

  const check = async (account: Account | null, password: string): Promise<string | null> => {
    // Every attempt takes as long as the most expensive hash, so that unknown names are not faster.
    const iterations = await store.iterations()
    const { ok, rehashed } = await hasher.verify(password, account?.passwordHash ?? null, iterations)
    if (!ok || !account) return null
    if (rehashed === null) return account.credential
    const credential = await storeRehash(account, rehashed)
    if (credential !== null) return credential
    // Another login replaced the hash, or the password changed: check again with the present hash.
    const present = await store.findAccount(account.id)
    return check(present?.username === account.username ? present : null, password)
  }
  return check
}
export type PasswordCheck = ReturnType<typeof createPasswordCheck>
