import fp from 'fastify-plugin'
import type { Lockouts } from '../../lib/storage/stores/lockouts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    lockout: Lockouts
  }
}

const CLEAN_EVERY_MS = 600_000

export default fp(
  async (app) => {
    const { lockouts } = app.stores
    const clean = () =>
      lockouts.removeOld().catch((err) => app.log.error({ err }, 'old failed attempts could not be removed'))
    await clean()
    const timer = setInterval(clean, CLEAN_EVERY_MS).unref()
    app.decorate('lockout', lockouts)
    app.addHook('onClose', async () => clearInterval(timer))
  },
  { name: 'lockout', dependencies: ['stores'] }
)
