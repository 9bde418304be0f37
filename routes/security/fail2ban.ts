import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { readAddress } from '../../lib/auth/typed-text.ts'
import { describeBans } from '../../lib/fail2ban/describe.ts'
import { actorOf } from '../../plugins/server/caller.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'
import { Fail2banDetailsReplySchema, UnbanBodySchema } from '../../schemas/security/fail2ban.ts'

const fail2banRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/details',
    {
      config: { access: { permission: 'security.view' } },
      schema: {
        operationId: 'getFail2banDetails',
        tags: ['security'],
        summary: 'Banned addresses, and the state of fail2ban',
        description: 'Answered from memory; the daemon queries fail2ban in the background every 30 s.',
        response: { 200: Fail2banDetailsReplySchema }
      }
    },
    async () => describeBans(app.fail2ban.jail, app.fail2ban.latest())
  )

  app.post(
    '/unban',
    {
      config: {
        access: { permission: 'security.manage', account: true, scope: 'session' },
        stepUp: true,
        requiredMessage: 'ip is required',
        refuses: ['NOT_FOUND']
      },
      schema: {
        operationId: 'unbanAddress',
        tags: ['security'],
        summary: 'Lift the ban of an address',
        description:
          '404 if the address is not banned or the jail is not monitored, 409 without fail2ban or its jail, 503 if fail2ban does not respond.',
        body: UnbanBodySchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const { ip, jail = app.fail2ban.jail } = request.body
      if (jail !== app.fail2ban.jail) throw new AppError('NOT_FOUND', { message: `the jail ${jail} is not monitored` })
      const outcome = await app.fail2ban.unban(readAddress(ip))
      if (!outcome.ok) {
        const { code, reason: message } = outcome
        throw new AppError(code, { message, ...(code === 'BUSY' ? { retryAfter: 30 } : {}) })
      }
      app.auditLog.addressUnbanned({ ...actorOf(request), target: outcome.address })
      return { success: true as const, message: `${outcome.address} is no longer banned` }
    }
  )
}
export default fail2banRoutes
