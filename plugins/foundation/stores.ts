import fp from 'fastify-plugin'
import { openHostStores } from '../../lib/storage/host-stores.ts'
import type { Stores } from '../../lib/storage/stores/stores.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** All that outlives a request. Features use the decorators of its parts. */
    stores: Stores
  }
}

export interface StoresOptions {
  /** The monotonic clock, in milliseconds. */
  monotonicNow?: () => number
}

/** Opens the stores of this host, or of the panel that it is a replica of. */
export default fp<StoresOptions>(
  async (app, { monotonicNow = performance.now.bind(performance) }) => {
    const { config, log, clock: now } = app
    const open = async (): Promise<Stores> => {
      if (app.panel === null) return openHostStores({ config, log, now, monotonicNow })
      const { openPanelStores } = await import('../../lib/storage/panel/stores.ts')
      return openPanelStores({ config, log, now, ...app.panel, tenant: app.tenant.current })
    }
    const stores = await open()
    app.decorate('stores', stores)
    app.addHook('onClose', () => stores.close())
  },
  { name: 'stores', dependencies: ['config', 'clock', 'panel', 'tenant'] }
)
