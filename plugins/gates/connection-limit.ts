import fp from 'fastify-plugin'
import { createConnectionLimit, type RefusalReason } from '../../lib/net/connection-limit.ts'

declare module 'fastify' {
  interface FastifyInstance {
    connectionLimit: {
      /** Connections refused since the start, by the limit that was exceeded. */
      refused(): Readonly<Record<RefusalReason, number>>
    }
  }
}

const IDLE_CLOSED_EVERY_MS = 1000

/** Limits connections in total and per address, including idle ones, TLS handshakes and WebSockets. */
export default fp(
  async (app) => {
    const { maxConnections, maxConnectionsPerAddress } = app.config
    const limit = createConnectionLimit({
      perAddress: maxConnectionsPerAddress,
      isExempt: app.isTrustedProxy,
      monotonicNow: () => performance.now(),
      onRefused: ({ total, address }) =>
        app.log.warn(
          { refused: total + address },
          address > 0
            ? `Connections refused: one address holds ${maxConnectionsPerAddress}. MONITOR_MAX_CONNECTIONS_PER_ADDRESS sets this limit`
            : `Connections refused: ${maxConnections} are open. MONITOR_MAX_CONNECTIONS sets this limit`
        )
    })

    let idleClosedAt = Number.NEGATIVE_INFINITY
    app.tlsListener.limitTo(maxConnections, () => {
      limit.refuse('total')
      // Idle connections are closed to admit new ones.
      if (performance.now() - idleClosedAt < IDLE_CLOSED_EVERY_MS) return
      idleClosedAt = performance.now()
      app.server.closeIdleConnections()
    })
    app.tlsListener.admitOnly((socket) => {
      const leave = limit.enter(app.peerAddress(socket))
      if (leave) socket.once('close', leave)
      return leave !== null
    })
    app.decorate('connectionLimit', { refused: limit.refused })
  },
  { name: 'connection-limit', dependencies: ['config', 'tls-listener', 'client-ip'] }
)
