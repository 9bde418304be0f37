import type { Reply } from '../api/paths.ts'
import type { Problem } from '../api/problem.ts'

export type Status = Reply<'/api/auth/status'>
export type User = Reply<'/api/auth/me'>['user']

export type Session =
  | { kind: 'starting' }
  /** Nobody has decided about protection yet. */
  | { kind: 'first-launch'; status: Status }
  /** `reason`: why somebody who was in is asked again. */
  | { kind: 'login'; reason: 'ended' | 'logged-out' | 'late' | null }
  /** Everything is open to everybody: declined, or switched off in auth.json by hand. */
  | { kind: 'open'; status: Status; mode: 'declined' | 'disabled' }
  | { kind: 'in'; user: User }
  /** The daemon cannot be used: it does not answer, or refuses all there is. It is asked again by itself. */
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
