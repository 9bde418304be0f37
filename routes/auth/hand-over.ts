import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { describeLogin } from '../../lib/auth/login.ts'
import { actorOf, requireSession } from '../../plugins/server/caller.ts'
import { LoginReplySchema } from '../../schemas/auth/login.ts'
import { HandOverBodySchema, HandOverReplySchema, LoginLinkBodySchema } from '../../schemas/host/hosts.ts'

/** From one host of a panel to another without a second login (contract 15). */
export const handOverRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/hand-over',
    {
      config: { access: 'session', refuses: ['NOT_FOUND'] },
      schema: {
        operationId: 'handOver',
        tags: ['auth'],
        summary: 'A link that opens another host of this panel in the same session',
        body: HandOverBodySchema,
        response: { 200: HandOverReplySchema }
      }
    },
    async (request) => {
      const { handOver } = app
      if (handOver === null) throw new AppError('NOT_FOUND', { message: 'this host belongs to no panel' })
      const host = await app.hosts.findOther(request.body.host_id)
      if (host === null) throw new AppError('NOT_FOUND', { message: 'there is no such host' })
      if (host.url === '')
        throw new AppError('CONFLICT', { message: `${host.name} has no MONITOR_PUBLIC_URL, so no link leads to it` })
      const secret = await handOver.begin(requireSession(request))
      app.auditLog.sessionHandedOver({ ...actorOf(request), target: host.name })
      return { success: true as const, url: `${host.url.replace(/\/$/, '')}/#sign-in=${secret}` }
    }
  )
}

/** In the scope of the refresh cookie. */
export const loginLinkRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/login-link',
    {
      // sameOrigin: another site must not sign its visitors in as somebody else.
      config: { access: 'open', limit: 'login', sameOrigin: true, refuses: ['CREDENTIALS'] },
      schema: {
        operationId: 'loginByLink',
        tags: ['auth'],
        summary: 'Sign in with the secret of a link, from the command line or from another host of this panel',
        body: LoginLinkBodySchema,
        response: { 200: LoginReplySchema }
      }
    },
    async (request, reply) => {
      const { secret } = request.body
      const origin = { address: request.clientIp, userAgent: request.headers['user-agent'] ?? '' }
      const loggedIn = await app.loginLink(secret, origin)
      const opened = loggedIn ?? (await app.handOver?.redeem(secret)) ?? null
      if (opened === null) throw new AppError('CREDENTIALS', { message: 'this link was used before, or has expired' })
      const actor = { address: request.clientIp, user: opened.account.username }
      if (loggedIn) app.auditLog.loggedInByLink(actor)
      else app.auditLog.sessionContinued(actor)
      app.refreshCookie.grant(request, reply, opened.refreshToken)
      return describeLogin(opened, 'login successful')
    }
  )
}
