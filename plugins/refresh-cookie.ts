import fp from 'fastify-plugin'
import { readRefreshCookies, writeRefreshCookies } from '../lib/refresh-cookie.ts'

declare module 'fastify' {
  interface FastifyInstance {
    refreshCookie: {
      read(request: FastifyRequest): string[]
      /** Null takes the cookie away. */
      write(request: FastifyRequest, reply: FastifyReply, token: string | null): void
    }
  }
}

export default fp(
  async (app) => {
    app.decorate('refreshCookie', {
      read: (request) => readRefreshCookies(request.headers.cookie),
      write(request, reply, token) {
        const { scheme, prefix } = request.client
        const basePath = request.headers['x-base-path']
        const origin = { scheme, prefix, basePath: Array.isArray(basePath) ? basePath[0] : basePath }
        reply.header('set-cookie', writeRefreshCookies(token, app.config.refreshTtl, origin))
      }
    })
  },
  { name: 'refresh-cookie', dependencies: ['config', 'client-ip'] }
)
