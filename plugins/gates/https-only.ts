import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { parseHost } from '../../lib/net/origin.ts'

const isForPrograms = (path: string) => path.startsWith('/api') || path.startsWith('/ws')

/**
 * Holds every request to HTTPS while it is on, also on connections from before: a page is redirected, and what may carry
 * a secret is refused, so that its client does not go on sending it (contract 9). What a trusted proxy received over
 * HTTPS has come over HTTPS.
 */
export default fp(
  async (app) => {
    app.addHook('onRequest', function httpsOnly(request, reply, done) {
      const { scheme, host, prefix } = request.client
      if (scheme === 'https' || !app.tlsListener.isOn()) return done()
      const { url: path = request.url, config } = request.routeOptions
      const isPage = config?.isStatic === true || !isForPrograms(path)
      const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket'
      // The target's absolute form, and `*`, are no path to append.
      const isPath = request.originalUrl.startsWith('/')
      if (isPage && isPath && !isWebSocket && parseHost(host)) {
        // A browser that kept it would still come by HTTPS after that was switched off.
        reply.header('cache-control', 'no-store')
        return reply.redirect(`https://${host}${prefix}${request.originalUrl}`, 308)
      }
      // RFC 9110, 15.5.22: with the protocol to come again with.
      reply.header('upgrade', 'TLS/1.2, HTTP/1.1').header('connection', 'upgrade, close')
      done(new AppError('HTTPS_REQUIRED'))
    })
  },
  { name: 'https-only', dependencies: ['client-ip', 'tls-listener'] }
)
