import fp from 'fastify-plugin'
import type { SettingsStore } from '../../lib/storage/stores/settings.ts'

declare module 'fastify' {
  interface FastifyInstance {
    settings: SettingsStore & {
      trustProxy(address: string): Promise<void>
    }
  }
}

export default fp(
  async (app) => {
    const { settings } = app.stores
    app.decorate('settings', {
      ...settings,
      trustProxy: (address) =>
        settings.update((draft) => {
          draft.trusted_proxies = [...new Set([...(draft.trusted_proxies ?? []), address])]
        })
    })
  },
  { name: 'settings', dependencies: ['stores'] }
)
