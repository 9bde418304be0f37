import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { nodeNameOf } from '../../lib/host/vitals.ts'
import { describeGuests, describeNodes, describeStorages } from '../../lib/proxmox/describe.ts'
import { GuestsReplySchema, ProxmoxReplySchema, ProxmoxStorageReplySchema } from '../../schemas/host/proxmox.ts'

const description =
  'Queried in the background, every 15 s while clients are active. On other hosts the list is empty and `reason` says why.'

const proxmoxRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const guests = () => describeGuests(app.sources.proxmox.look(), app.clock())
  app.live.addTopic({
    name: 'vms',
    permission: 'system.view',
    snapshot: guests,
    revision: app.sources.proxmox.revision,
    keepFresh: app.sources.proxmox.look
  })

  app.get(
    '/vms',
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
    async () => describeStorages(app.sources.proxmox.look(), nodeNameOf(app.vitals.latest()), app.clock())
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
    async () => describeNodes(app.sources.proxmox.look(), nodeNameOf(app.vitals.latest()), app.clock())
  )
}
export default proxmoxRoutes
