import fp from 'fastify-plugin'
import type { SessionStore } from '../../lib/storage/stores/sessions.ts'

declare module 'fastify' {
  interface FastifyInstance {
    sessions: SessionStore
  }
}

const CLEAN_EVERY_MS = 3_600_000
// Last uses are flushed together, to save disk writes.
const FLUSH_EVERY_MS = 60_000

export default fp(
  async (app) => {
    const { sessions } = app.stores
    const clean = () =>
      sessions
        .removeExpired(app.clock())
        .catch((err) => app.log.error({ err }, 'expired sessions could not be removed'))
    await clean()
    const timer = setInterval(clean, CLEAN_EVERY_MS).unref()
    const flush = () =>
      sessions.flush().catch((err) => app.log.error({ err }, 'last uses of sessions could not be stored'))
    const flushing = setInterval(flush, FLUSH_EVERY_MS).unref()
    app.decorate('sessions', sessions)
    app.addHook('onClose', async () => {
      clearInterval(timer)
      clearInterval(flushing)
      await flush()
    })
  },
  { name: 'sessions', dependencies: ['stores', 'clock'] }
)
