import type { FastifyContextConfig, FastifyError, FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { AppError, type Detail, describeError, Refusal } from '../../lib/api/errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The message of a 400 for a missing or empty required field. */
    requiredMessage?: string
    /** Messages for a rejected body, in place of the default messages. */
    bodyMessages?: { TOO_LARGE: string; UNSUPPORTED_TYPE: string }
  }
}

interface ValidationFault {
  instancePath: string
  keyword: string
  message?: string
  params?: Record<string, unknown>
}

const full = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE'])

// By name, so that lib's errors need no import from every module that may throw one.
function fromLib(error: Error & { code?: string }): AppError | null {
  if (error.name === 'HasherBusyError') return new AppError('BUSY', { message: error.message, retryAfter: 1 })
  if (error.name === 'FileBrokenError') return new AppError('AUTH_STORE_UNREADABLE', { retryAfter: 5 })
  if (error.name === 'LockTimeoutError')
    return new AppError('BUSY', { message: 'another program has locked the file', retryAfter: 5 })
  if (error.name === 'StoreUnavailableError') return new AppError('STORE_UNAVAILABLE', { retryAfter: 5 })
  if (error.name === 'StorageError') return new AppError('BUSY', { message: error.message, retryAfter: 5 })
  if (error.code && full.has(error.code)) {
    return new AppError('BUSY', { message: `the change could not be stored (${error.code})`, retryAfter: 5 })
  }
  return null
}

function fromValidation(error: FastifyError, requiredMessage: string | undefined): AppError {
  const faults = error.validation as unknown as ValidationFault[]
  const details: Detail[] = faults.slice(0, 20).map(({ instancePath, message }) => ({
    path: `${error.validationContext ?? 'body'}${instancePath}`,
    message: message ?? 'is not accepted'
  }))
  const lacks = faults.some(
    ({ keyword, instancePath }) => keyword === 'required' || keyword === 'minLength' || instancePath === ''
  )
  const first = details[0]
  const message = lacks && requiredMessage ? requiredMessage : `${first?.path} ${first?.message}`
  return new AppError('VALIDATION', { message, details })
}

const bodyRefusals: Record<string, 'TOO_LARGE' | 'UNSUPPORTED_TYPE'> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_TYPE'
}

/** The only place that converts thrown errors to AppErrors; null for an unexpected error. */
function toAppError(error: FastifyError, config: FastifyContextConfig = {}): AppError | null {
  if (error instanceof AppError) return error
  if (error.validation) return fromValidation(error, config.requiredMessage)
  const bodyRefusal = bodyRefusals[error.code]
  if (bodyRefusal) {
    const message = config.bodyMessages?.[bodyRefusal]
    return new AppError(bodyRefusal, message === undefined ? {} : { message })
  }
  const known = fromLib(error)
  if (known) return known
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new AppError('VALIDATION', { message: 'the request cannot be read' })
  }
  return null
}

function acceptEmptyJson(app: FastifyInstance): void {
  // A page on another origin may send text/plain without a preflight (CORS), and no route accepts it.
  app.removeContentTypeParser('text/plain')
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, {})
    return parse(request, body as string, (error, value) =>
      error ? done(new AppError('VALIDATION', { message: 'the body is not valid JSON' })) : done(null, value)
    )
  })
}

export default fp(
  async (app) => {
    acceptEmptyJson(app)
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const known = toAppError(error, request.routeOptions.config)
      // An expected refusal is logged only in the request's line.
      // The store's own trouble is logged once, not for each request.
      const isExpected = error instanceof Refusal || error.name === 'StoreUnavailableError'
      if (known === null || (known.statusCode >= 500 && !isExpected))
        request.log.error({ err: error }, 'request failed')
      const answer = known ?? new AppError('INTERNAL')
      if (answer.statusCode === 401) reply.header('www-authenticate', 'Bearer')
      if (answer.retryAfter !== undefined) reply.header('retry-after', String(answer.retryAfter))
      // Sent as text: the route's response schema must not change the envelope.
      const body: Record<string, unknown> = describeError(answer)
      if (answer.code === 'INTERNAL') body.request_id = request.id
      return reply.code(answer.statusCode).type('application/json; charset=utf-8').send(JSON.stringify(body))
    })
    app.setNotFoundHandler(() => {
      throw new AppError('NOT_FOUND')
    })
  },
  { name: 'errors' }
)
