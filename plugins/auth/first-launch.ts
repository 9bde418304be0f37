import type { preHandlerAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { createReauthentication } from '../../lib/auth/confirmation.ts'
import { createFirstLaunch, type FirstLaunch } from '../../lib/auth/first-launch.ts'
import { createSetupCodeCheck } from '../../lib/auth/setup-code.ts'
import { OPERATOR } from '../../lib/auth/tenants.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Turns authentication on and off: setup, skip, disable, enable. */
    firstLaunch: FirstLaunch
  }
  interface FastifyContextConfig {
    /**
     * Requires MONITOR_SETUP_CODE in the body, if it is set, or the tenant's setup code. The route must have the login
     * limit.
     */
    checksSetupCode?: boolean
  }
}

export default fp(
  async (app) => {
    const { authStore: store, sessions, passwordHasher: hasher } = app
    app.decorate(
      'firstLaunch',
      createFirstLaunch({
        store,
        sessions,
        hasher,
        policy: app.passwords.policy,
        reauthenticate: createReauthentication(app.credentialCheck.verify, app.clock),
        openSession: app.sessionIssuer.open,
        async onOwnerCreated(owner) {
          app.auditLog.ownerCreated(owner)
          const tenant = app.tenant.current()
          if (tenant !== OPERATOR) await app.tenants().clearSetupCode(tenant)
        }
      })
    )

    const isOperatorsCode = createSetupCodeCheck(app.config.setupCode)
    /** A tenant always has a code, which the operator passes on. */
    const isSetupCode = (sent: string | undefined): boolean | Promise<boolean> => {
      const tenant = app.tenant.current()
      return tenant === OPERATOR ? isOperatorsCode(sent) : app.tenants().isSetupCode(tenant, sent ?? '')
    }
    const setupCode: preHandlerAsyncHookHandler = async (request) => {
      const body = (request.body ?? {}) as { setup_code?: string; username?: string }
      if (await isSetupCode(body.setup_code)) return
      app.auditLog.setupCodeWrong({ address: request.clientIp, user: body.username ?? '' })
      throw new AppError('CREDENTIALS', { message: 'the setup code is missing or wrong' })
    }
    app.addHook('onRoute', (route) => {
      const { access, checksSetupCode, checksPassword, limit } = route.config ?? {}
      if (access === 'first-launch' && !checksSetupCode)
        throw new Error(`route ${route.url} decides the first launch and must say checksSetupCode`)
      if (checksSetupCode && !checksPassword && limit !== 'login')
        throw new Error(`route ${route.url} checks the setup code and must have the login limit`)
      if (checksSetupCode) route.preHandler = [setupCode, ...[route.preHandler ?? []].flat()]
    })
  },
  {
    name: 'first-launch',
    dependencies: [
      'config',
      'auth-store',
      'sessions',
      'password-hasher',
      'passwords',
      'clock',
      'credential-check',
      'session-issuer',
      'audit-log',
      'client-ip',
      'tenant',
      'tenants'
    ]
  }
)
