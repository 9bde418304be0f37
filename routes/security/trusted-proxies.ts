import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { unwrap } from '../../lib/auth/credential-check.ts'
import { normaliseProxies } from '../../lib/net/trusted-proxies.ts'
import { actorOf, requireAccount } from '../../plugins/server/caller.ts'
import { TrustedProxiesBodySchema, TrustedProxiesReplySchema } from '../../schemas/security/trusted-proxies.ts'

const trustedProxyRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/trusted-proxies',
    {
      config: { access: { permission: 'security.view' } },
      schema: {
        operationId: 'getTrustedProxies',
        tags: ['security'],
        summary: 'The proxies whose forwarding headers are trusted',
        response: { 200: TrustedProxiesReplySchema }
      }
    },
    async () => ({ success: true as const, ...app.trustedProxies.describe() })
  )

  app.put(
    '/trusted-proxies',
    {
      config: { access: { permission: 'security.manage', account: true, scope: 'session' }, stepUp: true },
      schema: {
        operationId: 'setTrustedProxies',
        tags: ['security'],
        summary: 'Replace the list of trusted proxies in settings.json',
        description: 'The list adds to MONITOR_TRUSTED_PROXIES and applies from the next request on.',
        body: TrustedProxiesBodySchema,
        response: { 200: TrustedProxiesReplySchema }
      }
    },
    async (request) => {
      const { id: by } = requireAccount(request)
      const { proxies } = unwrap(normaliseProxies(request.body.proxies, app.config.trustedProxies))
      const change = { setting: 'trusted_proxies', seconds: request.body.confirm_within, by } as const
      await app.pendingChange.make(change, () => app.trustedProxies.write(proxies))
      app.auditLog.proxiesChanged({ ...actorOf(request), target: proxies.join() || 'none' })
      return { success: true as const, ...app.trustedProxies.describe() }
    }
  )
}
export default trustedProxyRoutes
