import { CANCELLED, Problem } from '../api/problem.ts'
import { send } from '../api/transport.ts'
import { freshToken } from './session.ts'

interface Pending {
  needs: string[]
  done: Promise<void>
  settle(given: boolean): void
}

let pending: Pending | null = null
const listeners = new Set<() => void>()
const announce = () => {
  for (const listener of listeners) listener()
}

export const getPending = (): Pending | null => pending
export function onPending(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Asks the user for the password again. Concurrent calls share one dialog. Throws if the user cancels. */
export function confirmIdentity({ needs }: Problem): Promise<void> {
  if (pending) return pending.done
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  pending = {
    needs,
    done: promise,
    settle(given) {
      pending = null
      announce()
      if (given) resolve()
      else reject(new Problem(CANCELLED))
    }
  }
  announce()
  return promise
}

export async function sendConfirmation(password: string, code: string): Promise<void> {
  const body = { password, ...(code && { totp_code: code }) }
  await send({ method: 'post', path: '/api/auth/confirm', token: await freshToken(), options: { body } })
}
