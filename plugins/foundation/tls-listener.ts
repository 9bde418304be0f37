import fp from 'fastify-plugin'
import { createTlsListener, isCurrent, type TlsListener } from '../../lib/tls/tls-listener.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** How connections come in: what the port speaks, switched while they go on. */
    tlsListener: TlsListener & { isCurrent: typeof isCurrent }
  }
}

export default fp(
  async (app) => {
    const tlsListener = createTlsListener(app.server)
    app.decorate('tlsListener', { ...tlsListener, isCurrent })
    // The server waits for every connection, but not for one that nobody has read a request from.
    app.addHook('preClose', async () => tlsListener.close())
    app.addHook('onClose', tlsListener.closed)
  },
  { name: 'tls-listener' }
)
