import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { describeNetwork, summarizeNetwork } from '../../lib/host/network/describe.ts'
import {
  InterfaceHistoryQuerySchema,
  InterfaceHistoryReplySchema,
  InterfaceParamsSchema
} from '../../schemas/host/interface-history.ts'
import { NetworkReplySchema, NetworkSummaryReplySchema } from '../../schemas/host/network.ts'

const networkRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const network = () => describeNetwork(app.sources.network.latest(), app.clock(), app.vitals.latest().hostname)
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

  app.get(
    '/network/:name/history',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getInterfaceHistory',
        tags: ['system'],
        summary: 'Traffic of an interface over time',
        description:
          'In the steps of GET /api/node/metrics, a week by default. Up to 16 interfaces are recorded: physical ones first, then bonds, bridges and VLANs. 404 for an unknown interface.',
        params: InterfaceParamsSchema,
        querystring: InterfaceHistoryQuerySchema,
        response: { 200: InterfaceHistoryReplySchema }
      }
    },
    async (request) => app.history.readInterface(request.params.name, request.query.timeframe)
  )
}
export default networkRoutes
