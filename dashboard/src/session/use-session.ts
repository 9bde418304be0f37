import { useSyncExternalStore } from 'react'
import { getSession, type Session, subscribe, type User } from './state.ts'

export const useSession = (): Session => useSyncExternalStore(subscribe, getSession)

/** Who is logged in; null where everything is open to everybody. */
export function useUser(): User | null {
  const session = useSession()
  return session.kind === 'in' ? session.user : null
}

/** Whether who is here may do one of these things. In open mode anybody may. */
export function useMayAny(permissions: readonly User['permissions'][number][]): boolean {
  const session = useSession()
  if (session.kind !== 'in') return session.kind === 'open'
  const has = session.user.permissions
  return has.includes('*') || permissions.some((permission) => has.includes(permission))
}

/** Whether who is here may do something. */
export const useMay = (permission: User['permissions'][number]): boolean => useMayAny([permission])
