import type { AuthStore } from '../../storage/stores/auth.ts'
import type { SessionStore } from '../../storage/stores/sessions.ts'
import { type Account, credentialOf, recordOf } from '../accounts.ts'
import type { Hasher } from './hasher.ts'

export interface PasswordCheckOptions {
  store: AuthStore
  sessions: SessionStore
  hasher: Hasher
  /** Told when a stronger hash could not be stored; the password was right all the same. */
  onRehashFailed: (error: unknown) => void
}

/**
 * Checks a password of an account, or of nobody at the same cost. Returns the account's credential, under which a
 * session may be opened, or null. A hash weaker than today's is replaced when the password was right.
 * Throws HasherBusyError.
 */
export function createPasswordCheck({ store, sessions, hasher, onRehashFailed }: PasswordCheckOptions) {
  /** The credential under the new hash; null when the hash is not the one that was checked any more. */
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
    // Every attempt costs what the costliest hash costs, so that an unknown name is not the quicker one.
    const iterations = await store.iterations()
    const { ok, rehashed } = await hasher.verify(password, account?.passwordHash ?? null, iterations)
    if (!ok || !account) return null
    if (rehashed === null) return account.credential
    const credential = await storeRehash(account, rehashed)
    if (credential !== null) return credential
    // Another login was quicker, or the password was changed: what stands there now decides.
    const present = await store.findAccount(account.id)
    return check(present?.username === account.username ? present : null, password)
  }
  return check
}
export type PasswordCheck = ReturnType<typeof createPasswordCheck>
