import { join } from 'node:path'
import fp from 'fastify-plugin'
import { type HostAuthStore, openAuthStore } from '../../lib/storage/auth-store.ts'
import { createFileLock } from '../../lib/storage/file-lock.ts'

declare module 'fastify' {
  interface FastifyInstance {
    authStore: HostAuthStore
  }
}

export default fp(
  async (app) => {
    const store = await openAuthStore({
      path: join(app.config.configDir, 'auth.json'),
      lock: createFileLock(join(app.config.configDir, '.auth.lock')),
      onFault: (file, fault) =>
        app.log.error({ file, fault }, 'auth.json cannot be read: all requests are refused until the file is fixed'),
      onEntryFault: (file, fault) => app.log.error({ file, fault }, 'an entry of auth.json is ignored'),
      onMended: (file) => app.log.warn({ file }, 'auth.json is readable again')
    })
    app.decorate('authStore', store)
    app.addHook('onClose', () => store.close())
  },
  { name: 'auth-store', dependencies: ['config'] }
)
