import fp from 'fastify-plugin'
import { createTlsListener, isCurrent, type TlsListener } from '../../lib/tls/tls-listener.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Accepts connections and switches the port between HTTP and HTTPS at run time. */
    tlsListener: TlsListener & { isCurrent: typeof isCurrent }
  }
}

export default fp(
  async (app) => {
    const tlsListener = createTlsListener(app.server)
    app.decorate('tlsListener', { ...tlsListener, isCurrent })
    // On shutdown the server waits for its connections; this closes those from which no request was read.
    app.addHook('preClose', async () => tlsListener.close())
    app.addHook('onClose', tlsListener.closed)
  },
  { name: 'tls-listener' }
)
