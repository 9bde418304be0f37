import type { User } from '../session/state.ts'
import { t } from '../texts/index.ts'

/** User 1 is the owner, whose account is stored in auth.json. */
export const isOwner = ({ id }: Pick<User, 'id'>): boolean => id === 1

export const roleOf = (user: Pick<User, 'id' | 'user_type'>): string =>
  isOwner(user) ? t.security.account.owner : t.security.account.types[user.user_type]

/** The daemon's rule: users of a reseller cannot manage resellers, whatever their permissions. */
export const mayManageResellers = ({ permissions, reseller_id }: User): boolean =>
  reseller_id === 0 && (permissions.includes('*') || permissions.includes('resellers.manage'))
