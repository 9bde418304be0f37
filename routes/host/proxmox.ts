import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { nodeNameOf } from '../../lib/host/vitals.ts'
import { describeGuests, describeNodes, describeStorages } from '../../lib/proxmox/describe.ts'
import {
  GuestsReplySchema,
  ProxmoxReplySchema,
  ProxmoxStorageReplySchema,
  VmsReplySchema
} from '../../schemas/host/proxmox.ts'

const description =
  'Queried in the background, every 15 s while clients are active. On other hosts the list is empty and `reason` says why.'

const proxmoxRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const guests = () => describeGuests(app.sources.proxmox.want(), app.clock())
  app.live.addTopic({
    name: 'guests',
    permission: 'system.view',
    snapshot: guests,
    revision: app.sources.proxmox.revision,
    keepFresh: app.sources.proxmox.want
  })

  app.get(
    '/guests',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'listGuests',
        tags: ['proxmox'],
        summary: 'VMs and containers of the cluster',
        description,
        response: { 200: GuestsReplySchema }
      }
    },
    async () => guests()
  )

  app.get(
    '/vms',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'listVms',
        tags: ['proxmox'],
        summary: 'The guests of GET /api/guests as a bare array, for clients of the Monitor',
        description: 'GET /api/guests also says how old the list is, and why it is empty.',
        response: { 200: VmsReplySchema }
      }
    },
    async () => guests().guests
  )

  app.get(
    '/proxmox-storage',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'listProxmoxStorage',
        tags: ['proxmox'],
        summary: 'Storages of this node',
        description,
        response: { 200: ProxmoxStorageReplySchema }
      }
    },
    async () => describeStorages(app.sources.proxmox.want(), nodeNameOf(app.vitals.latest()), app.clock())
  )

  app.get(
    '/proxmox',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'listProxmoxNodes',
        tags: ['proxmox'],
        summary: 'Nodes of the cluster',
        description,
        response: { 200: ProxmoxReplySchema }
      }
    },
    async () => describeNodes(app.sources.proxmox.want(), nodeNameOf(app.vitals.latest()), app.clock())
  )
}
export default proxmoxRoutes
