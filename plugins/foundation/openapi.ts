import swagger, { type SwaggerTransform } from '@fastify/swagger'
import fp from 'fastify-plugin'
import { exampleOf } from '../../lib/api/schema-example.ts'
import type { Requirement } from '../../lib/auth/access.ts'
import { ErrorSchema } from '../../schemas/foundation/answer.ts'

declare module 'fastify' {
  interface FastifyInstance {
    openapi: {
      /** The OpenAPI document, built once. */
      document(): Record<string, unknown>
      version: string
      /** Every described path, in the order of registration. */
      paths: readonly string[]
    }
  }
}

export interface OpenapiOptions {
  version: string
}

const errorAnswer = (description: string, example: Record<string, unknown>) => ({
  description,
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/Error' }, example: { success: false, ...example } }
  }
})

const answers = {
  BadRequest: errorAnswer('The request does not fit its schema.', {
    error: 'Bad request',
    message: 'body/password must not have fewer than 1 characters',
    code: 'VALIDATION',
    details: [{ path: 'body/password', message: 'must not have fewer than 1 characters' }]
  }),
  Unauthorized: errorAnswer('The token is missing or invalid, or the credentials are wrong.', {
    error: 'Authentication required',
    message: 'missing authorization header',
    code: 'TOKEN_MISSING'
  }),
  Forbidden: errorAnswer('The caller is not allowed to do this.', {
    error: 'Forbidden',
    message: 'Access denied. Your IP address is banned',
    code: 'IP_BANNED'
  }),
  Conflict: errorAnswer('The request conflicts with the present state.', {
    error: 'Conflict',
    message: 'there is no account yet; set a password first',
    code: 'NO_ACCOUNT'
  }),
  PayloadTooLarge: errorAnswer('The body is too large.', {
    error: 'Payload too large',
    message: 'the request body is too large',
    code: 'TOO_LARGE'
  }),
  UnsupportedMediaType: errorAnswer('The route does not accept this content type.', {
    error: 'Unsupported media type',
    message: 'send application/json',
    code: 'UNSUPPORTED_TYPE'
  }),
  Locked: errorAnswer('Too many wrong passwords or codes; see Retry-After.', {
    error: 'Locked',
    message: 'account locked, try again in 15 minutes',
    code: 'ACCOUNT_LOCKED'
  }),
  TooManyRequests: errorAnswer('Too many requests; see Retry-After.', {
    error: 'Too many requests',
    message: 'rate limit exceeded',
    code: 'RATE_LIMITED'
  }),
  InternalError: errorAnswer('An internal error of the daemon.', {
    error: 'Internal error',
    message: 'an internal error occurred; see the log of the daemon',
    code: 'INTERNAL',
    request_id: 'k3v9-1'
  }),
  ServiceUnavailable: errorAnswer('The daemon is busy or cannot read or write its files; see Retry-After.', {
    error: 'Service unavailable',
    message: 'auth.json cannot be read; the log of the daemon names the fault',
    code: 'AUTH_STORE_UNREADABLE'
  })
}

type AnswerName = keyof typeof answers

const statusOf: Record<AnswerName, string> = {
  BadRequest: '400',
  Unauthorized: '401',
  Forbidden: '403',
  Conflict: '409',
  PayloadTooLarge: '413',
  UnsupportedMediaType: '415',
  Locked: '423',
  TooManyRequests: '429',
  InternalError: '500',
  ServiceUnavailable: '503'
}

interface Operation {
  operationId?: string
  requestBody?: unknown
  parameters?: unknown
  security?: unknown
  responses: Record<
    string,
    { $ref?: string; description?: string; content?: Record<string, { schema: object; example?: unknown }> }
  >
  'x-access'?: { requirement: Requirement | null; checksPassword: boolean; checksSetupCode: boolean }
}

/** Derives the error answers of a route from its access and schema. */
function completeOperation(operation: Operation): void {
  const { requirement, checksPassword, checksSetupCode } = operation['x-access']!
  delete operation['x-access']
  operation.security = requirement ? [{ bearer: [] }] : []
  for (const answer of Object.values(operation.responses)) {
    if (answer.description === 'Default Response') answer.description = 'Done.'
    for (const media of Object.values(answer.content ?? {})) media.example ??= exampleOf(media.schema)
  }
  const names: AnswerName[] = ['BadRequest', 'Forbidden', 'TooManyRequests', 'InternalError', 'ServiceUnavailable']
  if (operation.requestBody) names.push('PayloadTooLarge', 'UnsupportedMediaType')
  if (checksPassword) names.push('Locked')
  if (requirement || checksPassword || checksSetupCode) names.push('Unauthorized')
  if (requirement && (requirement.account || checksPassword)) names.push('Conflict')
  for (const name of names) operation.responses[statusOf[name]] ??= { $ref: `#/components/responses/${name}` }
}

const openapi = (version: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'ProxMenux Monitor',
    version,
    description: 'Monitors a Proxmox or Linux host. Every error has the same envelope, and its `code` is stable.',
    license: { name: 'MIT', identifier: 'MIT' }
  },
  tags: [
    { name: 'system', description: 'Vital signs of the host' },
    { name: 'proxmox', description: 'Guests, storages and nodes of Proxmox VE' },
    { name: 'auth', description: 'First launch, login, turning authentication on and off' },
    { name: 'tokens', description: 'Long-lived API tokens for integrations' },
    { name: 'two-factor', description: 'The caller’s second factor: the Monitor’s routes and the panel’s' },
    { name: 'users', description: 'Users besides the owner, and their permissions' },
    { name: 'resellers', description: 'Resellers, whose users see and manage each other only' },
    { name: 'security', description: 'Bans, audit log, proxies, HTTPS' },
    { name: 'profile', description: 'The caller’s own name and avatar' },
    { name: 'api', description: 'Description of this API' }
  ],
  components: {
    securitySchemes: {
      bearer: {
        type: 'http' as const,
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'A session token from the login, or an API token.'
      }
    },
    schemas: { Error: ErrorSchema },
    responses: answers
  }
})

/** Hides routes without an operationId (pages, WebSockets, the description itself). */
const describeRoute: SwaggerTransform = ({ schema, url, route }) => {
  if (!schema?.operationId) return { url, schema: { ...schema, hide: true } }
  const { requirement, checksPassword, checksSetupCode } = route.config!
  const access = { requirement, checksPassword, checksSetupCode }
  return { url, schema: { ...schema, 'x-access': access } as typeof schema }
}

/** OpenAPI 3.1 from the routes' own schemas (contract 12). */
export default fp<OpenapiOptions>(
  async (app, { version }) => {
    const paths: string[] = []
    app.addHook('onRoute', (route) => {
      if (route.schema?.operationId && route.method !== 'HEAD') paths.push(route.url)
    })
    await app.register(swagger, { openapi: openapi(version), transform: describeRoute })
    let document: Record<string, unknown> | undefined
    const describe = () => {
      const made = app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> }
      for (const operation of Object.values(made.paths).flatMap((path) => Object.values(path))) {
        completeOperation(operation)
      }
      return made as unknown as Record<string, unknown>
    }
    app.decorate('openapi', {
      version,
      paths,
      document() {
        document ??= describe()
        return document
      }
    })
  },
  { name: 'openapi' }
)
