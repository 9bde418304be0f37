import type { Avatar } from '../avatar/store.ts'
import type { Account } from './accounts.ts'

/** The profile as clients see it. */
export const describeProfile = (account: Account, avatar: Avatar | null, displayName = account.displayName) => ({
  success: true as const,
  username: account.username,
  display_name: displayName,
  has_avatar: avatar !== null,
  avatar_mtime: avatar?.modifiedAt.toISOString() ?? null,
  avatar_content_type: avatar?.type ?? null
})
