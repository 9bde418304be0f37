import fp from 'fastify-plugin'
import type { Guests } from '../../lib/guests/guests.ts'
import type { HostPrograms } from '../../lib/programs/lazy-program-reader.ts'
import type { StartedTasksReply } from '../../schemas/host/guests.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The VMs and containers of Proxmox VE, one by one. The list of all is `app.sources.proxmox`. */
    guests: {
      /** Why this host has no guests; null on Proxmox VE. */
      unavailable(): string | null
      /** Loads the modules, which most hosts never need. */
      load(): Promise<Guests>
      /** The tasks that this daemon has started, from memory. */
      started(): StartedTasksReply
    }
  }
}

export type GuestsPluginOptions = Pick<HostPrograms, 'programs'>

/** Reads and controls guests. Its modules are loaded with the first request for a guest. */
export default fp<GuestsPluginOptions>(
  async (app, { programs = {} }) => {
    let loading: Promise<Guests> | undefined
    let loaded: Guests | undefined

    const open = async () => {
      const { createGuests } = await import('../../lib/guests/guests.ts')
      loaded = createGuests({
        file: programs.pvesh,
        timeoutMs: programs.timeoutMs,
        resources: app.sources.proxmox,
        now: app.clock,
        onFault: (err) => app.log.error({ err }, 'an action on a guest could not be followed')
      })
      return loaded
    }

    const started = () => ({ success: true as const, tasks: loaded?.started() ?? {} })
    app.decorate('guests', {
      started,
      unavailable() {
        const { reason } = app.vitals.latest().proxmoxVersion
        return reason === null ? null : `guests need Proxmox VE: ${reason}`
      },
      load() {
        loading ??= open()
        return loading
      }
    })
    app.live.addTopic({
      name: 'tasks',
      permission: 'system.view',
      snapshot: started,
      revision: () => loaded?.revision() ?? -1
    })
    app.addHook('onClose', async () => loaded?.close())
  },
  { name: 'guests', dependencies: ['clock', 'live', 'sources', 'vitals'] }
)
