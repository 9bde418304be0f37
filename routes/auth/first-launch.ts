import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { OWNER_ID } from '../../lib/auth/accounts.ts'
import { toHttpError } from '../../lib/auth/credential-check.ts'
import { describeLogin } from '../../lib/auth/login.ts'
import { actorOf, requireAccount, requirePrincipal, requireSession } from '../../plugins/server/caller.ts'
import {
  DisableBodySchema,
  EnableBodySchema,
  LoginReplySchema,
  SetupBodySchema,
  SkipBodySchema,
  SkipReplySchema
} from '../../schemas/auth/login.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'

const requiredMessage = 'username and password are required'

const firstLaunchRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/setup',
    {
      config: {
        access: 'first-launch',
        checksSetupCode: true,
        checksPassword: true,
        unknownFields: 'drop',
        requiredMessage,
        refuses: ['CONFLICT']
      },
      schema: {
        operationId: 'setupOwner',
        tags: ['auth'],
        summary: 'First launch: create the owner',
        description: 'Creates the account that owns this host and logs it in. Refused once an owner exists.',
        body: SetupBodySchema,
        response: { 200: LoginReplySchema }
      }
    },
    async (request, reply) => {
      const { username, password, trust_proxy: trustProxy } = request.body
      const actor = { address: request.clientIp, user: username }
      const userAgent = request.headers['user-agent'] ?? ''
      const outcome = await app.firstLaunch.setup({ username, password, address: actor.address, userAgent })
      if (!outcome.ok) throw toHttpError(outcome)
      await app.avatar.forget(OWNER_ID)
      if (trustProxy && request.client.untrustedProxy) {
        await app.settings.trustProxy(request.client.untrustedProxy)
        app.auditLog.proxyTrusted({ ...actor, target: request.client.untrustedProxy })
      }
      app.refreshCookie.grant(request, reply, outcome.refreshToken)
      return describeLogin(outcome, 'Authentication configured')
    }
  )

  for (const [url, operationId] of [
    ['/skip', 'skipProtection'],
    ['/decline', 'declineProtection']
  ] as const) {
    app.post(
      url,
      {
        config: {
          access: 'first-launch',
          checksSetupCode: true,
          limit: 'login',
          unknownFields: 'drop',
          refuses: ['NOT_FOUND']
        },
        schema: {
          operationId,
          tags: ['auth'],
          summary: 'First launch: go without protection',
          description: 'Anyone who can reach the port then has full access to the API. Refused once an owner exists.',
          body: SkipBodySchema,
          response: { 200: SkipReplySchema }
        }
      },
      async (request) => {
        // A panel cannot be left without protection (contract 14).
        if (app.config.databaseUrl !== '') throw new AppError('NOT_FOUND')
        if (!(await app.firstLaunch.skip())) throw new AppError('ALREADY_CONFIGURED')
        app.auditLog.protectionDeclined(actorOf(request))
        return { success: true, message: 'Authentication declined', auth_declined: true } as const
      }
    )
  }

  app.post(
    '/disable',
    {
      config: { access: { session: true, owner: true }, checksPassword: true, unknownFields: 'drop' },
      schema: {
        operationId: 'disableProtection',
        tags: ['auth'],
        summary: 'Remove the login and return to the first launch',
        description:
          'Requires the owner’s password, and a code if the second factor is on and this session has not passed it, unless the owner logged in or reauthenticated within five minutes. API tokens keep working.',
        body: DisableBodySchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const owner = requireAccount(request)
      const actor = actorOf(request)
      const { password, totp_code, totp_token } = request.body
      const code = totp_code ?? totp_token
      const session = requireSession(request)
      const refusal = await app.firstLaunch.disable({ owner, session, password, code, address: actor.address })
      if (refusal !== null) throw toHttpError(refusal)
      app.auditLog.protectionDisabled(actor)
      return { success: true, message: 'Authentication disabled' } as const
    }
  )

  app.post(
    '/enable',
    {
      config: { access: { session: true, account: false }, checksPassword: true },
      schema: {
        operationId: 'enableProtection',
        tags: ['auth'],
        summary: 'Require tokens again after `enabled: false` in auth.json',
        description:
          'Requires the owner’s password, unless the session is the owner’s, who logged in or reauthenticated within five minutes.',
        body: EnableBodySchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const owner = await app.authStore.findAccount(OWNER_ID)
      const actor = { address: request.clientIp, user: owner?.username ?? '' }
      const { session } = requirePrincipal(request)
      const refusal = await app.firstLaunch.enable({
        session: session?.userId === OWNER_ID ? session : null,
        password: request.body.password,
        address: actor.address
      })
      if (refusal !== null) throw toHttpError(refusal, session ? 'session' : 'no-session')
      app.auditLog.protectionEnabled(actor)
      return { success: true, message: 'Authentication enabled' } as const
    }
  )
}

export default firstLaunchRoutes
