import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { describeProfile } from '../../lib/auth/profile.ts'
import { uploadMessages } from '../../lib/avatar/messages.ts'
import { namesEtag } from '../../lib/net/etag.ts'
import { requireAccount } from '../../plugins/server/caller.ts'
import {
  AvatarBodySchema,
  AvatarReplySchema,
  ProfileReplySchema,
  UnchangedSchema,
  WithoutAvatarSchema
} from '../../schemas/auth/profile.ts'

const url = '/profile/avatar'

const avatarRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    url,
    {
      config: { access: 'session', refuses: ['NOT_FOUND'] },
      schema: {
        operationId: 'getAvatar',
        tags: ['profile'],
        summary: 'The caller’s avatar',
        response: {
          200: AvatarReplySchema,
          304: UnchangedSchema
        }
      }
    },
    async (request, reply) => {
      const avatar = await app.avatar.read(requireAccount(request).id)
      if (!avatar) throw new AppError('NOT_FOUND', { message: 'there is no avatar' })
      // Browsers may cache it but must revalidate; `vary`, because users have different avatars under the same URL.
      reply.headers({ etag: avatar.etag, 'cache-control': 'private, no-cache', vary: 'authorization' })
      reply.header('content-security-policy', "default-src 'none'; sandbox")
      if (namesEtag(request.headers['if-none-match'], avatar.etag)) return reply.code(304).send(undefined)
      return reply.type(avatar.type).send(avatar.bytes)
    }
  )

  app.delete(
    url,
    {
      config: { access: 'session', unknownFields: 'drop' },
      schema: {
        operationId: 'deleteAvatar',
        tags: ['profile'],
        summary: 'Remove the caller’s avatar',
        description: 'Succeeds also without an avatar.',
        response: { 200: WithoutAvatarSchema }
      }
    },
    async (request) => {
      const account = requireAccount(request)
      await app.avatar.remove(account.id)
      return describeProfile(account, null)
    }
  )

  await app.register(async (uploads) => {
    await app.avatar.acceptUploads(uploads)
    uploads.post(
      url,
      {
        config: { access: 'session', unknownFields: 'drop', bodyMessages: uploadMessages },
        validatorCompiler: () => () => true,
        schema: {
          operationId: 'uploadAvatar',
          tags: ['profile'],
          summary: 'Upload or replace the avatar',
          description:
            'PNG, JPEG, WebP or GIF, at most 2 MB and 4096 pixels a side. The bytes must be a complete image of the declared type.',
          body: AvatarBodySchema,
          response: { 200: ProfileReplySchema }
        }
      },
      async (request) => {
        const account = requireAccount(request)
        return describeProfile(account, await app.avatar.replace(account.id, await app.avatar.receive(request)))
      }
    )
  })
}
export default avatarRoutes
