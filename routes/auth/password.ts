import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'
import { toHttpError } from '../../lib/auth/credential-check.ts'
import { actorOf, requirePrincipal } from '../../plugins/server/caller.ts'
import { type PasswordChangeBody, PasswordChangeBodySchema } from '../../schemas/auth/session.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'

const passwordRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const schema = (operationId: string) => ({
    operationId,
    tags: ['auth'],
    summary: 'Change the caller’s own password',
    description: 'All other sessions of the caller end. API tokens keep working.',
    body: PasswordChangeBodySchema,
    response: { 200: MessageReplySchema }
  })
  const config = {
    access: 'session',
    checksPassword: true,
    unknownFields: 'drop',
    requiredMessage: 'current_password and new_password are required'
  } as const

  const change = async (request: FastifyRequest<{ Body: PasswordChangeBody }>) => {
    const { current_password, old_password, new_password: next, totp_code: code } = request.body
    const current = current_password ?? old_password
    if (current === undefined) throw new AppError('VALIDATION', { message: config.requiredMessage })
    const actor = actorOf(request)
    const outcome = await app.passwords.change(requirePrincipal(request), {
      address: actor.address,
      current,
      next,
      code
    })
    if (!outcome.ok) throw toHttpError(outcome, request.method === 'PUT' ? 'put-password' : 'session')
    app.auditLog.passwordChanged(actor)
    if (outcome.endedSessions > 0) app.auditLog.sessionsEnded(actor)
    return { success: true, message: 'password updated' } as const
  }
  app.put<{ Body: PasswordChangeBody }>('/password', { config, schema: schema('changePassword') }, change)
  // For older clients.
  app.post<{ Body: PasswordChangeBody }>('/change-password', { config, schema: schema('changePasswordAlias') }, change)
}
export default passwordRoutes
