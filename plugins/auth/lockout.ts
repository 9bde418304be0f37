import fp from 'fastify-plugin'
import { createLockout } from '../../lib/auth/lockout.ts'
import { createLockoutStore } from '../../lib/storage/lockout-store.ts'
import type { Lockouts } from '../../lib/storage/stores/lockouts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    lockout: Lockouts
  }
}

const CLEAN_EVERY_MS = 600_000
const KEEP_MS = 24 * 3_600_000

export default fp(
  async (app) => {
    const store = createLockoutStore(app.database)
    const clean = () =>
      store
        .removeOld(app.clock() - KEEP_MS)
        .catch((err) => app.log.error({ err }, 'old failed attempts could not be removed'))
    await clean()
    const timer = setInterval(clean, CLEAN_EVERY_MS).unref()
    app.decorate('lockout', createLockout(store, app.clock))
    app.addHook('onClose', async () => clearInterval(timer))
  },
  { name: 'lockout', dependencies: ['database', 'clock'] }
)
