import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { describeProfile } from '../../lib/auth/profile.ts'
import { trimLabel } from '../../lib/auth/typed-text.ts'
import { requireAccount } from '../../plugins/server/caller.ts'
import { ProfileBodySchema, ProfileReplySchema } from '../../schemas/auth/profile.ts'

const profileRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/profile',
    {
      config: { access: 'session' },
      schema: {
        operationId: 'getProfile',
        tags: ['profile'],
        summary: 'Name and avatar of the caller',
        response: { 200: ProfileReplySchema }
      }
    },
    async (request) => {
      const account = requireAccount(request)
      return describeProfile(account, await app.avatar.find(account.id))
    }
  )

  app.put(
    '/profile',
    {
      config: { access: 'session', unknownFields: 'drop' },
      schema: {
        operationId: 'updateProfile',
        tags: ['profile'],
        summary: 'Change the display name',
        body: ProfileBodySchema,
        response: { 200: ProfileReplySchema }
      }
    },
    async (request) => {
      const account = requireAccount(request)
      const displayName = trimLabel(request.body.display_name)
      if (!(await app.users.setDisplayName(account, displayName))) throw new AppError('NO_ACCOUNT')
      return describeProfile(account, await app.avatar.find(account.id), displayName)
    }
  )
}
export default profileRoutes
