import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { HostsReplySchema } from '../../schemas/host/hosts.ts'

const hostRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'listHosts',
        tags: ['system'],
        summary: 'The hosts of this panel, with their health; a single host lists itself',
        response: { 200: HostsReplySchema }
      }
    },
    async () => ({
      success: true as const,
      hosts: (await app.hosts.list()).map(({ lastSeenAt, isThis, ...host }) => ({
        ...host,
        last_seen_at: new Date(lastSeenAt).toISOString(),
        is_this: isThis
      }))
    })
  )
}
export default hostRoutes
