import fp from 'fastify-plugin'
import type { TokenUseStore } from '../../lib/storage/stores/token-uses.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tokenUses: TokenUseStore
  }
}

// Last uses are flushed together, to save disk writes.
const FLUSH_EVERY_MS = 60_000

export default fp(
  async (app) => {
    const { tokenUses: uses } = app.stores
    const flush = () => uses.flush().catch((err) => app.log.error({ err }, 'last uses of tokens could not be stored'))
    const timer = setInterval(flush, FLUSH_EVERY_MS).unref()
    app.decorate('tokenUses', uses)
    app.addHook('onClose', async () => {
      clearInterval(timer)
      await flush()
    })
  },
  { name: 'token-uses', dependencies: ['stores'] }
)
