import type { Requirement } from '../auth/access.ts'
import { AppError, describeError, type ErrorCode, errorTable } from './errors.ts'

/** What decides the errors of a route, from its `config`. */
export interface ErrorFacts {
  method: string
  hasPathParameters: boolean
  /** Null for a route that is open to every caller. */
  requirement: Requirement | null
  checksPassword: boolean
  checksSetupCode: boolean
  /** The route answers while the store of accounts cannot be read. */
  survivesBrokenStore: boolean
  /** Errors of the handler that nothing else here implies. */
  refuses: readonly ErrorCode[]
}

/** Second credentials of a live session: their errors have the status 403 there (contract 2). */
const ofLiveSession: readonly ErrorCode[] = ['PASSWORD_INCORRECT', 'TOTP_REQUIRED', 'TOTP_INVALID']

const codesOf = (status: number): ErrorCode[] =>
  (Object.keys(errorTable) as ErrorCode[]).filter((code) => errorTable[code].status === status)

interface Answer {
  status: number
  description: string
  codes: ErrorCode[]
  headers?: string[]
}

const retry = ['Retry-After']

/** The error answers of the description, by name. */
const answers = {
  BadRequest: { status: 400, description: 'The request does not fit its schema.', codes: codesOf(400) },
  Unauthorized: {
    status: 401,
    description: 'The token is missing or invalid, or the login failed.',
    codes: codesOf(401),
    headers: ['WWW-Authenticate']
  },
  Forbidden: {
    status: 403,
    description: 'The caller is not allowed to do this, or has to confirm it.',
    codes: [...codesOf(403), ...ofLiveSession]
  },
  NotFound: { status: 404, description: 'There is no such resource.', codes: codesOf(404) },
  TenantUnknown: { status: 404, description: 'No tenant of this panel has this host name.', codes: ['TENANT_UNKNOWN'] },
  RequestTimeout: { status: 408, description: 'The request was not received in time.', codes: ['VALIDATION'] },
  Conflict: { status: 409, description: 'The request conflicts with the current state.', codes: codesOf(409) },
  PayloadTooLarge: { status: 413, description: 'The body is too large.', codes: codesOf(413) },
  UnsupportedMediaType: {
    status: 415,
    description: 'The route does not accept this content type.',
    codes: codesOf(415)
  },
  Locked: { status: 423, description: 'Too many wrong passwords or codes.', codes: codesOf(423), headers: retry },
  UpgradeRequired: {
    status: 426,
    description: 'The request came over plain HTTP while HTTPS is on.',
    codes: codesOf(426),
    headers: ['Upgrade']
  },
  TooManyRequests: {
    status: 429,
    description: 'Too many requests.',
    codes: codesOf(429),
    headers: [...retry, 'RateLimit', 'RateLimit-Policy']
  },
  RequestHeaderFieldsTooLarge: { status: 431, description: 'The headers are too large.', codes: ['VALIDATION'] },
  InternalError: { status: 500, description: 'An internal error of the daemon.', codes: codesOf(500) },
  ServiceUnavailable: {
    status: 503,
    description: 'The daemon is busy, stops, or cannot read or write its files.',
    codes: codesOf(503),
    headers: retry
  }
} satisfies Record<string, Answer>
export type AnswerName = keyof typeof answers

export const errorAnswers: Readonly<Record<AnswerName, Answer>> = answers

/** The gates and the server give these errors on every route. */
const always: AnswerName[] = [
  'BadRequest',
  'Forbidden',
  'RequestTimeout',
  'UpgradeRequired',
  'TooManyRequests',
  'RequestHeaderFieldsTooLarge',
  'InternalError'
]

/** The error answers of a route. */
export function errorAnswersOf(facts: ErrorFacts): AnswerName[] {
  const { method, hasPathParameters, requirement, checksPassword, checksSetupCode, survivesBrokenStore, refuses } =
    facts
  const names = [...always]
  const declares = (status: number) => refuses.some((code) => errorTable[code].status === status)
  names.push(hasPathParameters || refuses.includes('NOT_FOUND') ? 'NotFound' : 'TenantUnknown')
  // The body of a DELETE is read too.
  if (method !== 'GET') names.push('PayloadTooLarge', 'UnsupportedMediaType')
  if (!survivesBrokenStore) names.push('ServiceUnavailable')
  // Before there is an owner, there is no lockout.
  if (checksPassword && !checksSetupCode) names.push('Locked')
  if (requirement || checksPassword || checksSetupCode || declares(401)) names.push('Unauthorized')
  if ((requirement && (requirement.account || checksPassword)) || declares(409)) names.push('Conflict')
  return names.toSorted((a, b) => answers[a].status - answers[b].status)
}

/** The envelope of an error, as an example. */
export function exampleOfError(code: ErrorCode): object {
  const message = code === 'VALIDATION' ? 'body/password must not have fewer than 1 characters' : undefined
  const details = [{ path: 'body/password', message: 'must not have fewer than 1 characters' }]
  const error = new AppError(code, {
    message,
    ...(code === 'VALIDATION' && { details }),
    ...(code === 'STEP_UP_REQUIRED' && { needs: ['password', 'totp'] })
  })
  return { ...describeError(error), ...(code === 'INTERNAL' && { request_id: 'k3v9-1' }) }
}
