import { useSyncExternalStore } from 'react'
import { getSession, type Session, subscribe, type User } from './state.ts'

export const useSession = (): Session => useSyncExternalStore(subscribe, getSession)

/** The logged-in user; null if authentication is off. */
export function useUser(): User | null {
  const session = useSession()
  return session.kind === 'in' ? session.user : null
}

/** Whether a user has one of these permissions, or needs none. Without a user authentication is off. */
export const mayAny = (user: User | null, permissions: readonly User['permissions'][number][]): boolean =>
  user === null ||
  permissions.length === 0 ||
  user.permissions.includes('*') ||
  permissions.some((permission) => user.permissions.includes(permission))

/** The same for the user who is logged in; false before the login. */
export function useMayAny(permissions: readonly User['permissions'][number][]): boolean {
  const session = useSession()
  if (session.kind !== 'in') return session.kind === 'open'
  return mayAny(session.user, permissions)
}

/** Whether the user has a permission. */
export const useMay = (permission: User['permissions'][number]): boolean => useMayAny([permission])
