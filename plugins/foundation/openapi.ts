import swagger, { type SwaggerTransform } from '@fastify/swagger'
import fp from 'fastify-plugin'
import type { Description, OperationFacts } from '../../lib/api/describe-operations.ts'
import type { ErrorCode } from '../../lib/api/errors.ts'
import { ErrorSchema } from '../../schemas/foundation/answer.ts'

declare module 'fastify' {
  interface FastifyInstance {
    openapi: {
      /** The OpenAPI document, built once. */
      document(): Promise<Record<string, unknown>>
      version: string
      /** Every described path, in the order of registration. */
      paths: readonly string[]
    }
  }
  interface FastifyContextConfig {
    /**
     * Errors of the handler that the other facts of the route do not imply: a 404 without a parameter in the path, a 409
     * without an account. The description lists their statuses.
     */
    refuses?: readonly ErrorCode[]
    /** An open route whose answer depends on the token, if the caller sends one. */
    readsToken?: boolean
  }
}

export interface OpenapiOptions {
  version: string
}

const openapi = (version: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'ProxMenux Monitor',
    version,
    description: 'Monitors a Proxmox or Linux host. Every error has the same envelope, and its `code` is stable.',
    contact: { name: 'ProxMenux Monitor' },
    license: { name: 'MIT', identifier: 'MIT' }
  },
  servers: [{ url: '/', description: 'This daemon' }],
  tags: [
    { name: 'system', description: 'Vital signs of the host' },
    { name: 'health', description: 'Checks of the host, their thresholds and acknowledgements' },
    { name: 'alerts', description: 'Channels that tell of health and security events, and their messages' },
    { name: 'terminal', description: 'Terminals and their recordings' },
    { name: 'proxmox', description: 'Guests, storages and nodes of Proxmox VE' },
    { name: 'auth', description: 'First launch, login, turning authentication on and off' },
    { name: 'tokens', description: 'Long-lived API tokens for integrations' },
    { name: 'two-factor', description: 'The caller’s second factor: the Monitor’s routes and the panel’s' },
    { name: 'users', description: 'Users besides the owner, and their permissions' },
    { name: 'tenants', description: 'Tenants of a panel, for its operator' },
    { name: 'resellers', description: 'Resellers, whose users see and manage each other only' },
    { name: 'security', description: 'Bans, audit log, proxies, HTTPS' },
    { name: 'gateway', description: 'The Secure Gateway: a container with Tailscale that makes this host reachable' },
    { name: 'oci', description: 'The Secure Gateway by the paths of ProxMenux Monitor, for its client' },
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
      },
      refreshCookie: {
        type: 'apiKey' as const,
        in: 'cookie',
        name: 'refresh_token',
        description:
          'Set by the login, also under names with the port: `refresh_token_8008`, `refresh_token_http_8008`.'
      }
    },
    schemas: { ErrorReply: ErrorSchema }
  }
})

/** Hides routes without an operationId (pages, WebSockets, the description itself). */
const describeRoute: SwaggerTransform = ({ schema, url, route }) => {
  if (!schema?.operationId) return { url, schema: { ...schema, hide: true } }
  const {
    requirement = null,
    checksPassword = false,
    checksSetupCode = false,
    refuses = [],
    limit,
    stepUp = false,
    readsToken = false,
    survivesBrokenStore = false
  } = route.config!
  const facts: OperationFacts = {
    method: [route.method].flat()[0]!,
    hasPathParameters: url.includes(':'),
    requirement,
    checksPassword,
    checksSetupCode,
    survivesBrokenStore,
    refuses,
    readsRefreshCookie: limit === 'refresh',
    readsToken,
    stepUp
  }
  return { url, schema: { ...schema, 'x-facts': facts } as typeof schema }
}

/** OpenAPI 3.1 from the routes' own schemas (contract 12). */
export default fp<OpenapiOptions>(
  async (app, { version }) => {
    const paths: string[] = []
    app.addHook('onRoute', (route) => {
      if (route.schema?.operationId && route.method !== 'HEAD') paths.push(route.url)
    })
    await app.register(swagger, { openapi: openapi(version), transform: describeRoute })
    let document: Promise<Record<string, unknown>> | undefined
    const describe = async () => {
      // Not needed until someone asks for the description.
      const { completeDescription } = await import('../../lib/api/describe-operations.ts')
      const made = app.swagger() as unknown as Description
      completeDescription(made)
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
