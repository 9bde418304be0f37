import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { parseHost } from '../../lib/net/origin.ts'

const isForPrograms = (path: string) => path.startsWith('/api') || path.startsWith('/ws')

/**
 * Enforces HTTPS while it is on, also on older connections: pages are redirected, and requests that may carry a secret
 * are refused, so that clients stop sending it (contract 9). A request that a trusted proxy received over HTTPS counts
 * as HTTPS.
 */
export default fp(
  async (app) => {
    app.addHook('onRequest', function httpsOnly(request, reply, done) {
      const { scheme, host, prefix } = request.client
      if (scheme === 'https' || !app.tlsListener.isOn()) return done()
      const { url: path = request.url, config } = request.routeOptions
      const isPage = config?.isStatic === true || !isForPrograms(path)
      const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket'
      // The target may also be an absolute URL or `*`.
      const isPath = request.originalUrl.startsWith('/')
      if (isPage && isPath && !isWebSocket && parseHost(host)) {
        // A cached redirect would still lead to HTTPS after it is turned off.
        reply.header('cache-control', 'no-store')
        return reply.redirect(`https://${host}${prefix}${request.originalUrl}`, 308)
      }
      // RFC 9110, 15.5.22: names the required protocol.
      reply.header('upgrade', 'TLS/1.2, HTTP/1.1').header('connection', 'upgrade, close')
      done(new AppError('HTTPS_REQUIRED'))
    })
  },
  { name: 'https-only', dependencies: ['client-ip', 'tls-listener'] }
)
