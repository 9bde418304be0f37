import { useSyncExternalStore } from 'react'
import { getSession, type Session, subscribe, type User } from './state.ts'

export const useSession = (): Session => useSyncExternalStore(subscribe, getSession)

/** The logged-in user; null if authentication is off. */
export function useUser(): User | null {
  const session = useSession()
  return session.kind === 'in' ? session.user : null
}

/** Whether the user has one of these permissions. Always true if authentication is off. */
export function useMayAny(permissions: readonly User['permissions'][number][]): boolean {
  const session = useSession()
  if (session.kind !== 'in') return session.kind === 'open'
  const has = session.user.permissions
  return has.includes('*') || permissions.some((permission) => has.includes(permission))
}

/** Whether the user has a permission. */
export const useMay = (permission: User['permissions'][number]): boolean => useMayAny([permission])
