import { join } from 'node:path'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { registerNetworkFormats } from '../../lib/net/formats.ts'
import { faultOfProxies } from '../../lib/net/trusted-proxies.ts'
import { createFileLock } from '../../lib/storage/file-lock.ts'
import { createJsonFile, type JsonFile } from '../../lib/storage/json-file.ts'
import { type SettingsFile, SettingsFileSchema } from '../../schemas/foundation/settings-file.ts'

declare module 'fastify' {
  interface FastifyInstance {
    settings: {
      /** The newest content that could be read. */
      current(): SettingsFile
      onChange(listener: (settings: SettingsFile) => void): void
      update: JsonFile<typeof SettingsFileSchema>['update']
      trustProxy(address: string): Promise<void>
      refresh(): Promise<void>
      /** Why settings.json cannot be written at present. */
      fault: JsonFile<typeof SettingsFileSchema>['fault']
    }
  }
}

export default fp(
  async (app) => {
    registerNetworkFormats()
    const listeners: ((settings: SettingsFile) => void)[] = []
    let current: SettingsFile = {}
    const withBoundedProxies = (settings: SettingsFile): SettingsFile => {
      const fault = faultOfProxies([...app.config.trustedProxies, ...(settings.trusted_proxies ?? [])])
      if (fault === null) return settings
      app.log.error({ file: 'settings.json', fault }, 'the trusted_proxies of settings.json are ignored')
      return { ...settings, trusted_proxies: current.trusted_proxies ?? [] }
    }
    const file = createJsonFile({
      path: join(app.config.configDir, 'settings.json'),
      schema: SettingsFileSchema,
      lock: createFileLock(join(app.config.configDir, '.settings.lock')),
      onChange(state) {
        // Fewer trusted proxies open no door, so the last good settings serve until the file is mended.
        if (state.status === 'broken')
          app.log.error({ file: 'settings.json', fault: state.fault }, 'settings.json cannot be read')
        if (state.status !== 'ok') return
        current = withBoundedProxies(state.data)
        for (const listener of listeners) listener(current)
      }
    })
    await file.open()
    const update: typeof file.update = (mutate) =>
      file.update(mutate).catch((error: Error) => {
        if (error.name !== 'FileBrokenError') throw error
        const message = 'settings.json cannot be read; the log says where the fault is'
        throw new AppError('BUSY', { message, retryAfter: 5 })
      })
    app.decorate('settings', {
      current: () => current,
      onChange: (listener) => void listeners.push(listener),
      update,
      trustProxy: (address) =>
        update((draft) => {
          draft.trusted_proxies = [...new Set([...(draft.trusted_proxies ?? []), address])]
        }),
      refresh: file.refresh,
      fault: file.fault
    })
    app.addHook('onClose', () => file.close())
  },
  { name: 'settings', dependencies: ['config'] }
)
