import type { FastifyRequest } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'
import type { Account } from '../../lib/auth/accounts.ts'
import type { Principal } from '../../lib/auth/authenticate.ts'
import type { Session } from '../../lib/storage/stores/sessions.ts'

// On routes whose `access` requires it the guard has already checked; on other routes these functions check.

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

/** The caller's session. Throws SCOPE for an API token. */
export function requireSession(request: FastifyRequest): Session {
  const { session } = requirePrincipal(request)
  if (session === null) throw new AppError('SCOPE')
  return session
}

/** The caller for the audit log; the name is empty on a host without accounts. */
export const actorOf = ({ clientIp, principal }: FastifyRequest) => ({
  address: clientIp,
  user: principal?.account?.username ?? ''
})
