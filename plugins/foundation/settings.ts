import { join } from 'node:path'
import fp from 'fastify-plugin'
import { createFileLock } from '../../lib/storage/file-lock.ts'
import { type HostSettingsStore, openSettingsStore } from '../../lib/storage/settings-store.ts'

declare module 'fastify' {
  interface FastifyInstance {
    settings: HostSettingsStore & {
      trustProxy(address: string): Promise<void>
    }
  }
}

export default fp(
  async (app) => {
    const { config } = app
    const file = 'settings.json'
    const store = await openSettingsStore({
      path: join(config.configDir, file),
      lock: createFileLock(join(config.configDir, '.settings.lock')),
      configuredProxies: config.trustedProxies,
      onFault: (fault) => app.log.error({ file, fault }, 'settings.json cannot be read'),
      onProxyFault: (fault) => app.log.error({ file, fault }, 'the trusted_proxies of settings.json are ignored')
    })
    app.decorate('settings', {
      ...store,
      trustProxy: (address) =>
        store.update((draft) => {
          draft.trusted_proxies = [...new Set([...(draft.trusted_proxies ?? []), address])]
        })
    })
    app.addHook('onClose', () => store.close())
  },
  { name: 'settings', dependencies: ['config'] }
)
