import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { createSystemDescription, describeSystemInfo } from '../../lib/host/describe.ts'
import { InfoReplySchema, SystemInfoReplySchema, SystemReplySchema } from '../../schemas/host/system.ts'

export interface SystemRoutesOptions {
  /** Version of this daemon. */
  version: string
  /** Paths of the whole API; read on request, so that it may still grow while routes are registered. */
  endpoints: readonly string[]
}

const systemRoutes: FastifyPluginAsyncTypebox<SystemRoutesOptions> = async (app, { version, endpoints }) => {
  const describe = createSystemDescription()
  const system = () => describe(app.vitals.latest(), app.sources.updates.latest(), app.clock())
  const systemInfo = () => describeSystemInfo(app.vitals.latest(), app.health.latest(), app.clock())
  const permission = 'system.view'
  app.live.addTopic({ name: 'system', permission, snapshot: system, revision: () => app.vitals.latest().revision })
  app.live.addTopic({ name: 'system-info', permission, snapshot: systemInfo })

  app.get(
    '/system',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getSystem',
        tags: ['system'],
        summary: 'Vital signs of this host',
        description:
          'The latest background sample, at most a few seconds old, of the whole host as /proc shows it: a limit that a cgroup sets this daemon changes nothing of it. In an LXC container it is the container. A null has its reason in `reasons`.',
        response: { 200: SystemReplySchema }
      }
    },
    async () => system()
  )

  app.get(
    '/system-info',
    {
      config: { access: 'open', survivesBrokenStore: true },
      schema: {
        operationId: 'getSystemInfo',
        tags: ['system'],
        summary: 'Name, uptime and health of this host',
        description: 'For probes and status pages: answered from memory, and without a token.',
        response: { 200: SystemInfoReplySchema }
      }
    },
    async () => systemInfo()
  )

  app.get(
    '/info',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getInfo',
        tags: ['system'],
        summary: 'Name, version and paths of this API',
        description: 'What this daemon is and what it can be asked.',
        response: { 200: InfoReplySchema }
      }
    },
    async () => ({
      success: true as const,
      name: 'ProxMenux Monitor API',
      version,
      endpoints: [...new Set(endpoints)].sort()
    })
  )
}
export default systemRoutes
