import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { type Access, refusalOf, scopeNeeded } from '../lib/access.ts'
import { anonymous, createAuthenticator, type Principal, readBearer } from '../lib/authenticate.ts'
import { AppError, type ErrorCode } from '../lib/errors.ts'
import type { Scope } from '../schemas/permission.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; one that does not say stops the boot. */
    access?: Access
    /** Worked out from `access` at registration. */
    scopeNeeded?: Scope | 'session'
    /** Answers while auth.json cannot be read. */
    survivesBrokenStore?: boolean
  }
  interface FastifyRequest {
    /** On whose behalf the request runs; null on an open route without a good token. */
    authGuard: Principal | null
  }
}

const refusals = { account: 'NO_ACCOUNT', scope: 'SCOPE', permission: 'PERMISSION' } as const satisfies Record<
  string,
  ErrorCode
>

export default fp(
  async (app) => {
    const authenticate = createAuthenticator({ snapshot: app.authStore.snapshot, sessions: app.sessions })

    app.addHook('onRoute', (route) => {
      const access = route.config?.access
      if (!access) throw new Error(`route ${route.method} ${route.url} must declare config.access`)
      if (typeof access === 'string') return
      const method = [route.method].flat()[0]!
      route.config!.scopeNeeded = scopeNeeded({ method, url: route.url, access })
    })
    app.decorateRequest('authGuard', null)

    const countToken = (principal: Principal, request: FastifyRequest, reply: FastifyReply) =>
      principal.kind === 'api-token' ? app.requestLimit.count('token', request, reply) : undefined

    app.addHook('onRequest', async (request, reply) => {
      const route = request.routeOptions.config
      if (route?.isStatic) return
      const { mode } = app.authStore.snapshot()
      if (mode === 'unreadable') {
        if (route?.survivesBrokenStore) return
        throw new AppError('AUTH_STORE_UNREADABLE', { retryAfter: 5 })
      }
      const access = request.is404 ? {} : route!.access!
      if (access === 'first-launch') {
        if (mode === 'enabled' || mode === 'disabled') throw new AppError('ALREADY_CONFIGURED')
        return
      }
      const bearer = readBearer(request.headers.authorization)
      const principal = typeof bearer === 'string' ? null : authenticate(bearer.token, app.clock())
      request.authGuard = principal
      if (principal) await countToken(principal, request, reply)
      if (access === 'open' || (request.is404 && !request.url.startsWith('/api'))) return

      if (!principal) {
        if (mode === 'unconfigured') throw new AppError('SETUP_REQUIRED')
        if (mode === 'enabled') throw new AppError(refusalOfBearer(bearer))
        request.authGuard = anonymous
      }
      if (request.is404) return
      const refusal = refusalOf(request.authGuard!, access, route!.scopeNeeded!)
      if (refusal) throw new AppError(refusals[refusal], lackingPermission(refusal, access))
    })
  },
  { name: 'auth-guard', dependencies: ['auth-store', 'sessions', 'clock', 'request-limit'] }
)

function refusalOfBearer(bearer: ReturnType<typeof readBearer>): ErrorCode {
  if (bearer === 'missing') return 'TOKEN_MISSING'
  return bearer === 'malformed' ? 'TOKEN_MALFORMED' : 'TOKEN_INVALID'
}

function lackingPermission(refusal: string, access: Exclude<Access, string>) {
  return refusal === 'permission' ? { message: `this needs the permission ${access.permission}` } : {}
}
