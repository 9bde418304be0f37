export type ErrorCode = keyof typeof table

interface Row {
  status: number
  /** The Monitor's wording for the default message. Otherwise `error` carries the message too. */
  error?: string
  /** The default message; the thrown error can give a more precise one. */
  message: string
}

const unauthorized = 401
const forbidden = { status: 403 }
const unavailable = { status: 503 }

/**
 * Every error a client can receive (contract 2). docs/errors.md is generated from this table. Clients of the Monitor
 * show `error`, clients of the panel `message`: a row without a wording of the Monitor's sends the reason in both.
 */
const table = {
  VALIDATION: { status: 400, message: 'the request is invalid' },
  PASSWORD_POLICY: { status: 400, message: 'new_password too short' },
  TOKEN_MISSING: { status: unauthorized, error: 'Authentication required', message: 'missing authorization header' },
  TOKEN_MALFORMED: {
    status: unauthorized,
    error: 'Invalid authorization header',
    message: 'Authorization header must be in format: Bearer <token>'
  },
  TOKEN_INVALID: { status: unauthorized, error: 'Invalid or expired token', message: 'invalid token' },
  CREDENTIALS: { status: unauthorized, error: 'Invalid credentials', message: 'invalid credentials' },
  TOTP_REQUIRED: { status: unauthorized, error: 'Two-factor code required', message: '2FA code required' },
  TOTP_INVALID: { status: unauthorized, error: 'Invalid two-factor code', message: 'invalid 2FA code' },
  PASSWORD_INCORRECT: { status: unauthorized, error: 'Invalid credentials', message: 'current password incorrect' },
  REFRESH_INVALID: { status: unauthorized, error: 'Invalid refresh token', message: 'invalid refresh token' },
  ACCOUNT_DISABLED: { ...forbidden, message: 'account is disabled' },
  IP_NOT_ALLOWED: { ...forbidden, message: 'IP address not whitelisted' },
  IP_BANNED: { ...forbidden, message: 'Access denied. Your IP address is banned' },
  PERMISSION: { ...forbidden, message: 'your account lacks the permission for this' },
  SCOPE: { ...forbidden, message: 'this API token lacks the scope for this' },
  ORIGIN: { ...forbidden, message: 'the request comes from another site' },
  HOST: { ...forbidden, message: 'this host name is not allowed; add it to MONITOR_ALLOWED_HOSTS' },
  STEP_UP_REQUIRED: {
    ...forbidden,
    message: 'confirm with your password, or log in again and retry within 5 minutes'
  },
  ALREADY_CONFIGURED: { ...forbidden, message: 'Authentication is already configured' },
  SETUP_REQUIRED: { ...forbidden, message: 'Finish the first-launch setup first' },
  NOT_FOUND: { status: 404, message: 'there is no such resource' },
  TENANT_UNKNOWN: { status: 404, message: 'there is no such tenant' },
  NO_ACCOUNT: { status: 409, message: 'there is no account yet; set a password first' },
  CONFLICT: { status: 409, message: 'the request conflicts with the current state' },
  TOO_LARGE: { status: 413, message: 'the request body is too large' },
  UNSUPPORTED_TYPE: { status: 415, message: 'send application/json' },
  HTTPS_REQUIRED: { status: 426, message: 'this port speaks HTTPS; use https://' },
  ACCOUNT_LOCKED: { status: 423, message: 'account locked, try again in N minutes' },
  RATE_LIMITED: { status: 429, message: 'rate limit exceeded' },
  INTERNAL: { status: 500, error: 'Internal error', message: 'an internal error occurred; see the log of the daemon' },
  STORE_UNAVAILABLE: { ...unavailable, message: 'the store of this panel is unavailable, try again' },
  BUSY: { ...unavailable, message: 'the server is busy, try again' },
  AUTH_STORE_UNREADABLE: { ...unavailable, message: 'auth.json cannot be read; the log of the daemon names the fault' }
} satisfies Record<string, Row>

export interface Detail {
  path: string
  message: string
}

/** An expected refusal. It has no stack trace, since capturing one costs more than the rest of the refusal. */
export class Refusal extends Error {
  constructor(message: string) {
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(message)
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** A refusal that is sent to the client. Only plugins and routes throw it; lib returns refusals as values. */
export class AppError extends Refusal {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly statusCode: number
  /** The field `error` of the envelope. */
  readonly title: string
  readonly details: Detail[] | undefined
  /** Seconds for Retry-After. */
  readonly retryAfter: number | undefined
  /** The credentials that a confirmation needs. */
  readonly needs: readonly string[] | undefined

  constructor(
    code: ErrorCode,
    more: {
      message?: string | undefined
      details?: Detail[]
      retryAfter?: number
      needs?: readonly string[] | undefined
      /** In place of the status of the table. */
      status?: number | undefined
    } = {}
  ) {
    const row: Row = table[code]
    super(more.message ?? row.message)
    this.code = code
    this.statusCode = more.status ?? row.status
    this.title = more.message ?? row.error ?? row.message
    this.details = more.details
    this.retryAfter = more.retryAfter
    this.needs = more.needs
  }
}

/** The refusal for a locked account; `seconds` until the lockout ends. */
export const lockedOut = (seconds: number): AppError => {
  const message = `account locked, try again in ${Math.ceil(seconds / 60)} minutes`
  return new AppError('ACCOUNT_LOCKED', { message, retryAfter: Math.ceil(seconds) })
}

/** The error envelope (contract 2). */
export function describeError(error: AppError) {
  return {
    success: false as const,
    error: error.title,
    message: error.message,
    code: error.code,
    ...(error.code === 'TOTP_REQUIRED' || error.code === 'TOTP_INVALID' ? { requires_totp: true } : {}),
    ...(error.needs ? { needs: error.needs } : {}),
    ...(error.details ? { details: error.details } : {})
  }
}

/** The error table, for docs/errors.md. */
export const errorTable: Readonly<Record<ErrorCode, Row>> = table
