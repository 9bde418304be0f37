import type { User } from '../session/state.ts'
import { t } from '../texts/index.ts'

/** User 1 is the owner, whose account is stored in auth.json. */
export const isOwner = ({ id }: Pick<User, 'id'>): boolean => id === 1

export const roleOf = (user: Pick<User, 'id' | 'user_type'>): string =>
  isOwner(user) ? t.security.account.owner : t.security.account.types[user.user_type]
