import type { AuthStore } from '../storage/stores/auth.ts'
import type { Avatar } from '../storage/stores/avatars.ts'
import { type Account, recordOf } from './accounts.ts'

/** The profile as clients see it. */
export const describeProfile = (account: Account, avatar: Avatar | null, displayName = account.displayName) => ({
  success: true as const,
  username: account.username,
  display_name: displayName,
  has_avatar: avatar !== null,
  avatar_mtime: avatar?.modifiedAt.toISOString() ?? null,
  avatar_content_type: avatar?.type ?? null
})

/** Sets a display name; an empty one clears it. False if the account has been removed. Throws the errors of AuthStore.change. */
export const createDisplayNameChange =
  (store: Pick<AuthStore, 'change'>) =>
  (account: Account, displayName: string): Promise<boolean> =>
    store.change({ accounts: [account.id] }, (draft) => {
      const record = recordOf(draft, account.id)
      if (record?.username !== account.username) return false
      record.display_name = displayName
      return true
    })
