import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { describePermissions } from '../../lib/auth/permissions.ts'
import { PermissionsReplySchema } from '../../schemas/auth/user.ts'

const permissionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/permissions',
    {
      config: { access: { permission: 'users.manage' } },
      schema: {
        operationId: 'listPermissions',
        tags: ['users'],
        summary: 'List all permissions with a description',
        response: { 200: PermissionsReplySchema }
      }
    },
    async () => ({ success: true as const, permissions: describePermissions() })
  )
}
export default permissionRoutes
