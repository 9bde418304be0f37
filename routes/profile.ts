import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Account } from '../lib/accounts.ts'
import { AppError } from '../lib/errors.ts'
import { ProfileBodySchema, ProfileReplySchema } from '../schemas/profile.ts'

const describeProfile = (account: Account, displayName = account.displayName) => ({
  success: true as const,
  username: account.username,
  display_name: displayName,
  has_avatar: false,
  avatar_mtime: null,
  avatar_content_type: null
})

const profileRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/profile',
    {
      config: { access: { account: true } },
      schema: {
        operationId: 'getProfile',
        tags: ['profile'],
        summary: 'Name and avatar of the caller',
        response: { 200: ProfileReplySchema }
      }
    },
    async (request) => describeProfile(request.authGuard!.account!)
  )

  app.put(
    '/profile',
    {
      config: { access: { account: true } },
      schema: {
        operationId: 'updateProfile',
        tags: ['profile'],
        summary: 'Change the display name',
        body: ProfileBodySchema,
        response: { 200: ProfileReplySchema }
      }
    },
    async (request) => {
      const account = request.authGuard!.account!
      const displayName = request.body.display_name.trim()
      if (!(await app.accounts.setDisplayName(account, displayName))) throw new AppError('NO_ACCOUNT')
      return describeProfile(account, displayName)
    }
  )
}
export default profileRoutes
