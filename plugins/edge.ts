import fp from 'fastify-plugin'
import { createEdge, type Edge, isCurrent } from '../lib/tls/edge.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** How connections come in: what the port speaks, switched while they go on. */
    edge: Edge & { isCurrent: typeof isCurrent }
  }
}

export default fp(
  async (app) => {
    const edge = createEdge(app.server)
    app.decorate('edge', { ...edge, isCurrent })
    // The server waits for every connection, but not for one that nobody has read a request from.
    app.addHook('preClose', async () => edge.close())
    app.addHook('onClose', edge.closed)
  },
  { name: 'edge' }
)
