import type { FastifyRequest } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'
import type { Account } from '../../lib/auth/accounts.ts'
import type { Principal } from '../../lib/auth/authenticate.ts'
import type { Session } from '../../lib/storage/stores/sessions.ts'

// On routes whose `access` asks for it the guard has seen to it; on others these refuse in its place.

/** The caller of a route that is not open. Throws TOKEN_MISSING. */
export function requirePrincipal({ principal }: FastifyRequest): Principal {
  if (principal === null) throw new AppError('TOKEN_MISSING')
  return principal
}

/** The caller's account. Throws NO_ACCOUNT. */
export function requireAccount(request: FastifyRequest): Account {
  const { account } = requirePrincipal(request)
  if (account === null) throw new AppError('NO_ACCOUNT')
  return account
}

/** The session of a caller who is no API token. Throws SCOPE. */
export function requireSession(request: FastifyRequest): Session {
  const { session } = requirePrincipal(request)
  if (session === null) throw new AppError('SCOPE')
  return session
}

/** The caller as the audit log names them; the name is empty where nobody has an account. */
export const actorOf = ({ clientIp, principal }: FastifyRequest) => ({
  address: clientIp,
  user: principal?.account?.username ?? ''
})
