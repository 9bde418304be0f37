import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../lib/errors.ts'
import { createSetupCodeCheck } from '../lib/setup-code.ts'

/** Every route that decides a first launch asks for MONITOR_SETUP_CODE, under the login limit (contracts 1 and 5). */
export default fp(
  async (app) => {
    const isRight = createSetupCodeCheck(app.config.setupCode)
    app.addHook('onRoute', (route) => {
      if (route.config?.access !== 'first-launch') return
      route.config.limit = 'login'
      route.preHandler = [
        async (request: FastifyRequest) => {
          const { setup_code: code, username: user = '' } = (request.body ?? {}) as {
            setup_code?: string
            username?: string
          }
          if (isRight(code)) return
          app.auditLog.setupCodeWrong({ address: request.clientIp, user })
          throw new AppError('CREDENTIALS', { message: 'the setup code is missing or wrong' })
        },
        route.preHandler ?? []
      ].flat()
    })
  },
  { name: 'setup-code', dependencies: ['config', 'audit-log', 'client-ip', 'request-limit', 'auth-guard'] }
)
