import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { describeAccount } from '../../lib/auth/accounts.ts'
import { describeLogin } from '../../lib/auth/login.ts'
import { describeSession } from '../../lib/auth/sessions.ts'
import { actorOf, requireAccount, requirePrincipal } from '../../plugins/server/caller.ts'
import { LoginReplySchema } from '../../schemas/auth/login.ts'
import {
  EndedReplySchema,
  MeReplySchema,
  SessionParamsSchema,
  SessionsReplySchema
} from '../../schemas/auth/session.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'

const sessionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/refresh',
    {
      config: {
        access: 'open',
        limit: 'refresh',
        sameOrigin: true,
        unknownFields: 'drop',
        refuses: ['REFRESH_INVALID']
      },
      schema: {
        operationId: 'refreshSession',
        tags: ['auth'],
        summary: 'Exchange the refresh cookie for a new session token',
        description:
          'Each refresh token is valid once; the answer sets its successor. A replayed refresh token ends all sessions of its user.',
        response: { 200: LoginReplySchema }
      }
    },
    async (request, reply) => {
      const dead = new Set<string>()
      for (const token of app.refreshCookie.read(request)) {
        const outcome = await app.sessionIssuer.refresh(token)
        if (outcome.ok) {
          app.refreshCookie.grant(request, reply, outcome.refreshToken, token)
          const { account, session, refreshToken } = outcome
          return describeLogin(await app.sessionIssuer.issue(account, session, refreshToken), 'session refreshed')
        }
        if (outcome.known) dead.add(token)
        if (outcome.replayedBy !== null) {
          const user = (await app.authStore.findAccount(outcome.replayedBy))?.username ?? ''
          app.auditLog.refreshReplayed({ address: request.clientIp, user })
        }
      }
      // An unknown token stays: it may belong to another monitor on this host name.
      app.refreshCookie.revoke(request, reply, dead)
      throw new AppError('REFRESH_INVALID')
    }
  )

  app.post(
    '/logout',
    {
      config: { access: { session: true, account: false }, unknownFields: 'drop' },
      schema: {
        operationId: 'logout',
        tags: ['auth'],
        summary: 'End this session and revoke its tokens',
        response: { 200: MessageReplySchema }
      }
    },
    async (request, reply) => {
      const { session } = requirePrincipal(request)
      const own = new Set<string>()
      for (const token of app.refreshCookie.read(request)) {
        // The cookie may belong to another session of this user, from an earlier login in the same browser.
        if (await app.sessionIssuer.endByRefresh(token, session?.userId)) own.add(token)
      }
      app.refreshCookie.logOut(request, reply, own)
      if (session) {
        await app.sessions.end(session.sid)
        app.auditLog.loggedOut(actorOf(request))
      }
      return { success: true, message: 'logged out' } as const
    }
  )

  app.get(
    '/me',
    {
      config: { access: { session: true, scope: 'read_only' } },
      schema: {
        operationId: 'getMe',
        tags: ['auth'],
        summary: 'The caller, with their present permissions',
        response: { 200: MeReplySchema }
      }
    },
    async (request) => ({ success: true as const, user: describeAccount(requireAccount(request)) })
  )

  app.get(
    '/sessions',
    {
      config: { access: 'session' },
      schema: {
        operationId: 'listSessions',
        tags: ['auth'],
        summary: 'List the caller’s own sessions, last used first',
        response: { 200: SessionsReplySchema }
      }
    },
    async (request) => {
      const { session } = requirePrincipal(request)
      const own = await app.sessions.listOf(requireAccount(request).id, app.clock())
      return { success: true as const, sessions: own.map((each) => describeSession(each, session?.sid)) }
    }
  )

  app.delete(
    '/sessions/:id',
    {
      config: { access: 'session' },
      schema: {
        operationId: 'endSession',
        tags: ['auth'],
        summary: 'End one of the caller’s sessions',
        params: SessionParamsSchema,
        response: { 200: EndedReplySchema }
      }
    },
    async (request) => {
      const account = requireAccount(request)
      const session = await app.sessions.find(request.params.id, app.clock())
      if (session?.userId !== account.id) throw new AppError('NOT_FOUND', { message: 'there is no such session' })
      await app.sessions.end(session.sid)
      app.auditLog.loggedOut({ ...actorOf(request), target: session.address })
      return { success: true as const, message: 'session ended', ended: 1 }
    }
  )

  app.delete(
    '/sessions',
    {
      config: { access: 'session' },
      schema: {
        operationId: 'endOtherSessions',
        tags: ['auth'],
        summary: 'End all of the caller’s sessions but this one',
        response: { 200: EndedReplySchema }
      }
    },
    async (request) => {
      const { session } = requirePrincipal(request)
      const ended = await app.sessions.endAll(requireAccount(request).id, session?.sid)
      app.auditLog.sessionsEnded(actorOf(request))
      return { success: true as const, message: 'other sessions ended', ended }
    }
  )
}
export default sessionRoutes
