import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { toHttpError } from '../../lib/auth/credential-check.ts'
import { actorOf, requireAccount, requireSession } from '../../plugins/server/caller.ts'
import { ConfirmBodySchema } from '../../schemas/auth/login.ts'
import { ConfirmReplySchema } from '../../schemas/auth/user.ts'

const confirmRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/confirm',
    {
      config: { access: 'session', checksPassword: true, requiredMessage: 'password is required' },
      schema: {
        operationId: 'confirmSession',
        tags: ['auth'],
        summary: 'Reauthenticate, for routes that answer STEP_UP_REQUIRED',
        description: 'Valid for this session and five minutes. Requires a code if the second factor is on.',
        body: ConfirmBodySchema,
        response: { 200: ConfirmReplySchema }
      }
    },
    async (request) => {
      const account = requireAccount(request)
      const { password, totp_token, totp_code } = request.body
      const { address, user: username } = actorOf(request)
      const code = totp_code ?? totp_token
      const proof = await app.credentialCheck.verify({
        account,
        username,
        address,
        password,
        code,
        secondFactor: 'needed'
      })
      if (!proof.ok) throw toHttpError(proof)
      await app.stepUp.reauthenticate(requireSession(request))
      return { success: true as const, message: 'confirmed', expires_in: app.stepUp.ttl }
    }
  )
}
export default confirmRoutes
