import type { preValidationHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { dropUnknownFields, findOpenObject, type RequestSchema, unknownFieldsOf } from '../../lib/api/closed-schema.ts'
import { AppError } from '../../lib/api/errors.ts'
import { UNKNOWN_FIELD } from '../server/schema-compilers.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Handling of fields that the schemas of body and query do not name. By default the request is refused and the
     * message names the field. `drop` is for routes of the Monitor and the panel, whose clients send additional fields.
     */
    unknownFields?: 'drop'
  }
}

const parts = ['body', 'querystring', 'params'] as const

/** Handlers never see fields that their schema does not name (contract 2). */
export default fp(
  async (app) => {
    app.addHook('onRoute', (route) => {
      const schema = (route.schema ?? {}) as { [part in (typeof parts)[number]]?: RequestSchema }
      const { body, querystring } = schema
      for (const part of parts) {
        const open = schema[part] ? findOpenObject(schema[part]) : null
        if (open !== null) throw new Error(`route ${route.method} ${route.url}: its ${part} schema is open at ${open}`)
      }
      const isDropping = route.config?.unknownFields === 'drop'
      const hasForm = body?.content !== undefined

      const unknownFields: preValidationHookHandler = (request, _reply, done) => {
        if (!body) {
          const [unknown] = isDropping ? [] : unknownFieldsOf(request.body)
          if (unknown !== undefined) return done(refusalOf(unknown))
          request.body = undefined
        } else if (!hasForm) {
          // Without required fields, clients may omit the body.
          if (request.body === undefined && !body.required?.length) request.body = {}
          if (isDropping) request.body = dropUnknownFields(request.body, body)
        }
        if (isDropping && querystring) request.query = dropUnknownFields(request.query, querystring)
        done()
      }
      if (route.config?.isStatic) return
      route.preValidation = [route.preValidation ?? [], unknownFields].flat()
    })
  },
  { name: 'request-schemas' }
)

function refusalOf(field: string): AppError {
  const path = `body/${field.slice(0, 64)}`
  return new AppError('VALIDATION', {
    message: `${path} ${UNKNOWN_FIELD}`,
    details: [{ path, message: UNKNOWN_FIELD }]
  })
}
