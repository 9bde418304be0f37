import type { Body, Reply } from '../../../api/paths.ts'
import { isOwner } from '../../../data/role.ts'

export type UserDetail = Reply<'/api/users'>['users'][number]
export type NewUser = NonNullable<Body<'/api/users'>>
export type Changes = NonNullable<Body<'/api/users/{id}', 'patch'>>

/** The form state of a user. */
export interface Draft {
  username: string
  display_name: string
  email: string
  user_type: UserDetail['user_type']
  reseller_id: number
  is_active: boolean
  permissions: UserDetail['permissions']
  allowed_ips: string
  password: string
  dropsSecondFactor: boolean
}

export const blank: Draft = {
  username: '',
  display_name: '',
  email: '',
  user_type: 'support',
  reseller_id: 0,
  is_active: true,
  permissions: ['system.view'],
  allowed_ips: '',
  password: '',
  dropsSecondFactor: false
}

export const draftOf = (user: UserDetail): Draft => ({ ...user, password: '', dropsSecondFactor: false })

/** Without a choice of the reseller, the daemon chooses the creating user's own. */
export function newUserOf({ dropsSecondFactor: _, reseller_id, ...fields }: Draft): NewUser {
  const reseller = reseller_id === 0 ? {} : { reseller_id }
  return { ...fields, ...reseller, display_name: fields.display_name.trim(), email: fields.email.trim() }
}

const OWN_LIST_S = 120

/** Only the changed fields, so that concurrent edits of a user do not overwrite each other. */
export function changesOf(user: UserDetail, draft: Draft, isRevertible: boolean): Changes {
  const isSame = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join()
  const changes: Changes = {}
  if (draft.display_name.trim() !== user.display_name) changes.display_name = draft.display_name.trim()
  if (draft.email.trim() !== user.email) changes.email = draft.email.trim()
  if (draft.allowed_ips !== user.allowed_ips) {
    changes.allowed_ips = draft.allowed_ips
    if (isRevertible) changes.confirm_within = OWN_LIST_S
  }
  if (isOwner(user)) return changes
  if (draft.user_type !== user.user_type) changes.user_type = draft.user_type
  if (draft.reseller_id !== user.reseller_id) changes.reseller_id = draft.reseller_id
  if (draft.is_active !== user.is_active) changes.is_active = draft.is_active
  if (!isSame(draft.permissions, user.permissions)) changes.permissions = draft.permissions
  if (draft.password) changes.password = draft.password
  if (draft.dropsSecondFactor) changes.totp_enabled = false
  return changes
}
