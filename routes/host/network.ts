import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { describeNetwork, summarizeNetwork } from '../../lib/host/network/describe.ts'
import { NetworkReplySchema, NetworkSummaryReplySchema } from '../../schemas/host/network.ts'

const networkRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const network = () => describeNetwork(app.sources.network.latest(), app.clock())
  app.live.addTopic({
    name: 'network',
    permission: 'system.view',
    snapshot: network,
    revision: app.sources.network.revision
  })

  app.get(
    '/network',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getNetwork',
        tags: ['system'],
        summary: 'Network interfaces of this host',
        description: 'State, addresses, counters and rates of each interface, from the latest background sample.',
        response: { 200: NetworkReplySchema }
      }
    },
    async () => network()
  )

  app.get(
    '/network/summary',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getNetworkSummary',
        tags: ['system'],
        summary: 'Traffic of this host',
        description: 'The physical interfaces together, and the addresses of interfaces and bridges.',
        response: { 200: NetworkSummaryReplySchema }
      }
    },
    async () => summarizeNetwork(app.sources.network.latest(), app.clock())
  )
}
export default networkRoutes
