import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { readPlainCookie, readRefreshCookies, writeRefreshCookies } from '../lib/refresh-cookie.ts'

declare module 'fastify' {
  interface FastifyInstance {
    refreshCookie: {
      read(request: FastifyRequest): string[]
      /** Null takes the cookie away. `replaced` is the token in whose place the new one comes. */
      write(request: FastifyRequest, reply: FastifyReply, token: string | null, replaced?: string): void
    }
  }
}

export default fp(
  async (app) => {
    app.decorate('refreshCookie', {
      read: (request) => readRefreshCookies(request.headers.cookie),
      write(request, reply, token, replaced) {
        const { scheme, prefix } = request.client
        const basePath = request.headers['x-base-path']
        const origin = { scheme, prefix, basePath: Array.isArray(basePath) ? basePath[0] : basePath }
        const dropPlain = replaced !== undefined && readPlainCookie(request.headers.cookie) === replaced
        reply.header('set-cookie', writeRefreshCookies(token, app.config.refreshTtl, origin, dropPlain))
      }
    })
  },
  { name: 'refresh-cookie', dependencies: ['config', 'client-ip'] }
)
