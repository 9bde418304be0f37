import { StorageError } from '../storage-error.ts'

/**
 * PostgreSQL or Redis does not answer, or cannot store anything. The answer is 503 STORE_UNAVAILABLE. The message names
 * neither address nor user: URLs hold passwords.
 */
export class StoreUnavailableError extends StorageError {
  override readonly name: string = 'StoreUnavailableError'

  constructor(store: 'PostgreSQL' | 'Redis', cause: unknown) {
    super(store, (cause as NodeJS.ErrnoException | undefined)?.code ?? 'ETIMEDOUT', {
      reason: 'it does not answer',
      operation: 'read',
      cause
    })
    this.message = `${store} is unavailable`
  }
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'its host cannot be reached',
  '28000': 'it refuses the user',
  '28P01': 'it refuses the user name or the password',
  '3D000': 'the database does not exist',
  '42501': 'the role has too few rights',
  '53300': 'it has too many connections'
}
/** The first word of a reply of Redis. */
const replies: Record<string, string> = {
  WRONGPASS: 'it refuses the user name or the password',
  NOAUTH: 'it asks for a password',
  NOPERM: 'the user has too few rights (deploy/panel/redis.acl)'
}

/** Why a server is unavailable, without its address and its message, which could quote the URL. */
function whyUnavailable(cause: unknown): string {
  const { code, message = '', errors = [] } = (cause ?? {}) as { code?: string; message?: string; errors?: unknown[] }
  const [first] = errors
  if (code === undefined && first !== undefined) return whyUnavailable(first)
  const known = reasons[code ?? ''] ?? replies[/^[A-Z]+/.exec(message)?.[0] ?? '']
  return known ?? (code === undefined ? 'it does not answer' : `it answers ${code}`)
}

/** One line for a start or a command that needs the server. */
export const describeUnavailable = (error: StoreUnavailableError): string =>
  `${error.message}: ${whyUnavailable(error.cause)}`
