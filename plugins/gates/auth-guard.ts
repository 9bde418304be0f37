import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError, type ErrorCode } from '../../lib/api/errors.ts'
import { type Access, type Requirement, refusalOf, requirementOf } from '../../lib/auth/access.ts'
import {
  type Authentication,
  anonymous,
  createAuthenticator,
  type Principal,
  readBearer
} from '../../lib/auth/authenticate.ts'
import { OPERATOR } from '../../lib/auth/tenants.ts'
import { StorageError } from '../../lib/storage/storage-error.ts'
import type { AuthMode } from '../../lib/storage/stores/auth.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route. A route without it fails at registration. */
    access?: Access
    /** Derived from `access` at registration. */
    requirement?: Requirement | null
    /** The tenants of a panel have this route too, not only the operator. */
    forTenants?: boolean
    /** The route answers even while the store of accounts cannot be read. */
    survivesBrokenStore?: boolean
  }
  interface FastifyRequest {
    /** The authenticated caller; null on an open route without a valid token. */
    principal: Principal | null
  }
}

const refusals = { account: 'NO_ACCOUNT', scope: 'SCOPE', permission: 'PERMISSION' } as const satisfies Record<
  string,
  ErrorCode
>

export default fp(
  async (app) => {
    const authenticate = createAuthenticator({
      access: app.access,
      sessions: app.sessions,
      tokenUses: app.tokenUses,
      tenant: app.tenant.current
    })

    app.addHook('onRoute', (route) => {
      const access = route.config?.access
      if (!access) throw new Error(`route ${route.method} ${route.url} must declare config.access`)
      const method = [route.method].flat()[0]!
      const requirement = requirementOf({ method, url: route.url, access })
      route.config = { ...route.config, requirement }
    })
    app.decorateRequest('principal', null)

    const readFacts = async (now: number): Promise<Authentication> => ({
      principal: null,
      facts: await app.access.read({ now })
    })
    const authenticateRequest = (request: FastifyRequest, bearer: ReturnType<typeof readBearer>) => {
      const now = app.clock()
      if (typeof bearer === 'string') return readFacts(now)
      const verify = () => app.tokens.verify(request, now)
      return authenticate({ token: bearer.token, now, address: request.clientIp, verify })
    }

    app.addHook('onRequest', async function authGuard(request, reply) {
      const route = request.routeOptions.config
      if (route?.isStatic) return
      const isFirstLaunch = route?.access === 'first-launch'
      const bearer = readBearer(request.headers.authorization)
      let authentication: Authentication
      try {
        authentication = await authenticateRequest(request, isFirstLaunch ? 'missing' : bearer)
      } catch (error) {
        if (error instanceof StorageError && route?.survivesBrokenStore) return
        throw error
      }
      const { principal, facts } = authentication
      const { mode, terminalWithoutAuth } = facts
      if (mode === 'unreadable') {
        if (route?.survivesBrokenStore) return
        throw new AppError('AUTH_STORE_UNREADABLE', { retryAfter: 5 })
      }
      if (mode === 'suspended') throw new AppError('ACCOUNT_DISABLED')
      if (mode === 'unknown') throw new AppError('TENANT_UNKNOWN')
      if (isFirstLaunch) {
        if (mode === 'enabled' || mode === 'disabled') throw new AppError('ALREADY_CONFIGURED')
        return
      }
      request.principal = principal
      const tooMany = principal?.kind === 'api-token' && (await app.requestLimit.count('token', request, reply))
      const refusal = tooMany || decide(request, mode, bearer, terminalWithoutAuth)
      if (refusal) throw refusal
    })

    function decide(
      request: FastifyRequest,
      mode: AuthMode,
      bearer: ReturnType<typeof readBearer>,
      terminalWithoutAuth: boolean
    ) {
      const route = request.routeOptions.config
      const requirement = route?.requirement
      // A tenant can use its accounts, and none of the operator's hosts (contract 14). Unknown paths stay unknown.
      if (app.tenant.current() !== OPERATOR && !route?.forTenants && !request.is404)
        return new AppError('PERMISSION', { message: 'only the operator of this panel may do this' })
      if (requirement === null || (request.is404 && !request.url.startsWith('/api'))) {
        if (request.principal?.addressNotAllowed) request.principal = null
        return undefined
      }
      if (request.principal === null) {
        if (mode === 'unconfigured') return new AppError('SETUP_REQUIRED')
        if (mode === 'enabled') return new AppError(refusalOfBearer(bearer))
        request.principal = anonymous
      }
      if (request.principal.addressNotAllowed) return new AppError('IP_NOT_ALLOWED')
      // An unknown path has no requirement.
      if (requirement === undefined) return undefined
      const refusal = refusalOf(request.principal, requirement, terminalWithoutAuth)
      return refusal === null ? undefined : new AppError(refusals[refusal], lackingPermission(refusal, requirement))
    }
  },
  {
    name: 'auth-guard',
    dependencies: ['access', 'client-ip', 'clock', 'request-limit', 'sessions', 'tenant', 'token-uses', 'tokens']
  }
)

function refusalOfBearer(bearer: ReturnType<typeof readBearer>): ErrorCode {
  if (bearer === 'missing') return 'TOKEN_MISSING'
  return bearer === 'malformed' ? 'TOKEN_MALFORMED' : 'TOKEN_INVALID'
}

function lackingPermission(refusal: string, { permission, owner }: Requirement) {
  if (refusal !== 'permission') return {}
  const permissions = [permission].flat().join(' or ')
  return { message: owner ? 'only the owner may do this' : `this needs the permission ${permissions}` }
}
