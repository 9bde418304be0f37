import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import { OPERATOR } from '../../lib/auth/tenants.ts'
import type { UserOutcome } from '../../lib/auth/users.ts'
import { actorOf, requireAccount, requireSession } from '../../plugins/server/caller.ts'
import {
  NewUserBodySchema,
  UserChangesBodySchema,
  UserParamsSchema,
  UserReplySchema,
  UsersReplySchema
} from '../../schemas/auth/user.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'

const reading = { access: { permission: 'users.manage', account: true } } as const
const changing = { access: { permission: 'users.manage', account: true, scope: 'session' }, stepUp: true } as const

const accountOf = (outcome: UserOutcome) => unwrap(outcome).account

const userRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const schema = (operationId: string, summary: string) => ({ operationId, tags: ['users'], summary })

  app.get(
    '',
    {
      config: reading,
      schema: { ...schema('listUsers', 'List all users'), response: { 200: UsersReplySchema } }
    },
    async (request) => ({ success: true as const, users: await app.users.list(requireAccount(request)) })
  )

  app.post(
    '',
    {
      config: { ...changing, requiredMessage: 'username and password are required' },
      schema: {
        ...schema('createUser', 'Create a user'),
        body: NewUserBodySchema,
        response: { 201: UserReplySchema }
      }
    },
    async (request, reply) => {
      const actor = requireAccount(request)
      const account = accountOf(await app.users.create(actor, request.body))
      app.auditLog.userCreated({ ...actorOf(request), target: account.username })
      return reply.code(201).send({ success: true, user: await app.users.describe(account) })
    }
  )

  app.get(
    '/:id',
    {
      config: reading,
      schema: { ...schema('getUser', 'One user'), params: UserParamsSchema, response: { 200: UserReplySchema } }
    },
    async (request) => {
      const account = await app.users.find(requireAccount(request), request.params.id)
      if (!account) throw new AppError('NOT_FOUND', { message: 'there is no such user' })
      return { success: true as const, user: await app.users.describe(account) }
    }
  )

  app.patch(
    '/:id',
    {
      config: changing,
      schema: {
        ...schema('changeUser', 'Change a user'),
        description: 'A new password, a reset second factor or `is_active: false` ends the user’s sessions.',
        params: UserParamsSchema,
        body: UserChangesBodySchema,
        response: { 200: UserReplySchema }
      }
    },
    async (request) => {
      const actor = requireAccount(request)
      const id = request.params.id
      const { confirm_within: seconds } = request.body
      if (seconds !== undefined && app.tenant.current() !== OPERATOR)
        throw new AppError('VALIDATION', { message: 'confirm_within is for the operator of this panel' })
      const change = async () => unwrap(await app.users.change(actor, id, request.body))
      const wish = { setting: 'allowed_ips', subject: id, seconds, by: actor.id } as const
      const { account, endedSessions, isSecondFactorReset } = await (seconds === undefined
        ? change()
        : app.pendingChange.make(wish, change))
      const event = { ...actorOf(request), target: account.username }
      app.auditLog.userChanged(event)
      if (isSecondFactorReset) app.auditLog.secondFactorDisabled(event)
      if (endedSessions) app.auditLog.userSessionsEnded(event)
      return { success: true as const, user: await app.users.describe(account) }
    }
  )

  app.delete(
    '/:id',
    {
      config: changing,
      schema: {
        ...schema('removeUser', 'Remove a user, end their sessions and revoke their API tokens'),
        params: UserParamsSchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const actor = requireAccount(request)
      const { account, endedSessions } = unwrap(await app.users.remove(actor, request.params.id))
      const event = { ...actorOf(request), target: account.username }
      app.auditLog.userRemoved(event)
      if (endedSessions) app.auditLog.userSessionsEnded(event)
      await app.avatar.forget(account.id)
      return { success: true, message: 'user removed' } as const
    }
  )

  app.delete(
    '/:id/sessions',
    {
      config: changing,
      schema: {
        ...schema('endUserSessions', 'End all sessions of a user'),
        params: UserParamsSchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const actor = requireAccount(request)
      const id = request.params.id
      const account = accountOf(await app.users.endSessions(actor, id, requireSession(request).sid))
      app.auditLog.userSessionsEnded({ ...actorOf(request), target: account.username })
      return { success: true, message: 'sessions ended' } as const
    }
  )

  app.post(
    '/:id/unlock',
    {
      config: changing,
      schema: {
        ...schema('unlockUser', 'Clear a user’s failed attempts'),
        params: UserParamsSchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const actor = requireAccount(request)
      const account = accountOf(await app.users.unlock(actor, request.params.id))
      app.auditLog.userUnlocked({ ...actorOf(request), target: account.username })
      return { success: true, message: 'user unlocked' } as const
    }
  )
}
export default userRoutes
