import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { createSystemDescription, describeSystemInfo } from '../../lib/host/describe.ts'
import { InfoReplySchema, SystemInfoReplySchema, SystemReplySchema } from '../../schemas/host/system.ts'

export interface SystemRoutesOptions {
  /** Version of this daemon. */
  version: string
  /** Paths of the whole API; read on request, since routes are still being registered. */
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
          'The latest background sample, at most a few seconds old, of the whole host as /proc shows it. Cgroup limits of the daemon have no effect on it. In an LXC container it describes the container. `reasons` explains each null.',
        response: { 200: SystemReplySchema }
      }
    },
    async () => system()
  )

  // Probes that were set up for the Monitor also ask with a trailing slash.
  for (const path of ['/system-info', '/system-info/'])
    app.get(
      path,
      {
        config: { access: 'open', survivesBrokenStore: true },
        schema: {
          operationId: 'getSystemInfo',
          tags: ['system'],
          summary: 'Name, uptime and health of this host',
          description: 'For probes and status pages: answered from memory, without a token.',
          response: { 200: SystemInfoReplySchema },
          hide: path.endsWith('/')
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
        description: 'Describes this daemon and its routes.',
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
