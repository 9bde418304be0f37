import type { Reply } from '../api/paths.ts'
import type { Problem } from '../api/problem.ts'

export type Status = Reply<'/api/auth/status'>
export type User = Reply<'/api/auth/me'>['user']

export type Session =
  | { kind: 'starting' }
  /** First launch: the visitor can set a password or continue without one. */
  | { kind: 'first-launch'; status: Status }
  /** `reason`: why a user must log in again. */
  | { kind: 'login'; reason: 'ended' | 'logged-out' | 'late' | 'link' | null }
  /** Authentication is off: declined at the first launch, or disabled in auth.json. */
  | { kind: 'open'; status: Status; mode: 'declined' | 'disabled' }
  | { kind: 'in'; user: User }
  /** The daemon is not responding or refuses all requests. The page retries automatically. */
  | { kind: 'broken'; problem: Problem }

let session: Session = { kind: 'starting' }
const listeners = new Set<() => void>()

export const getSession = (): Session => session

export function setSession(next: Session): void {
  session = next
  for (const listener of listeners) listener()
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
