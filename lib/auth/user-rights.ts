import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import { type Account, OWNER_ID, userIn } from './accounts.ts'
import { covers } from './permissions.ts'

export type UserRefusal = {
  ok: false
  code: 'NOT_FOUND' | 'PERMISSION' | 'CONFLICT' | 'PASSWORD_POLICY' | 'VALIDATION'
  reason: string
}

export const refuse = (code: UserRefusal['code'], reason: string): UserRefusal => ({ ok: false, code, reason })
export const notFound = refuse('NOT_FOUND', 'there is no such user')

/** Users of a reseller see that reseller's users only; all other users see every user (contract 14). */
export const sees = (actor: Account, target: Account): boolean =>
  actor.resellerId === 0 || target.resellerId === actor.resellerId

/** Why `actor` may not change `target` or give them the type and permissions of `after`; null if allowed (contract 8). */
export function refusalOf(
  actor: Account,
  target: Account | null,
  after: Pick<Account, 'userType' | 'permissions'> | null
): UserRefusal | null {
  if (target && !sees(actor, target)) return notFound
  if (target?.id === OWNER_ID && actor.id !== OWNER_ID) return refuse('PERMISSION', 'only the owner changes the owner')
  const admin = target?.userType === 'admin' || after?.userType === 'admin'
  if (admin && actor.id !== OWNER_ID) return refuse('PERMISSION', 'only the owner makes and changes admins')
  // Setting the password of a user with more permissions would grant those permissions.
  if (target && !covers(actor.permissions, target.permissions))
    return refuse('PERMISSION', 'this user has permissions that you lack')
  if (after && !covers(actor.permissions, after.permissions))
    return refuse('PERMISSION', 'you cannot grant permissions that you lack')
  return null
}

/** Why `actor` may not put a user under this reseller; null if allowed, or for no change. */
export function resellerRefusal(draft: AuthFile, actor: Account, id: number | undefined): UserRefusal | null {
  if (id === undefined) return null
  if (actor.resellerId !== 0 && id !== actor.resellerId)
    return refuse('PERMISSION', 'you manage the users of your own reseller only')
  if (id !== 0 && !draft.resellers?.some((reseller) => reseller.id === id))
    return refuse('VALIDATION', `reseller_id: there is no reseller ${id}`)
  return null
}

/** The present state of the acting user; null if they are no longer active. */
export function actorIn(draft: AuthFile, actor: Account): Account | null {
  if (actor.id === OWNER_ID) return actor
  const entry = draft.users?.find(({ id }) => id === actor.id)
  const account = entry ? userIn(draft, entry) : null
  return account?.isActive ? account : null
}
