import cookie from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import {
  type CookieLine,
  type CookieOrigin,
  cookiePath,
  grantLines,
  listRefreshCookies,
  logoutLines,
  type RefreshCookie,
  revokeLines,
  tokensToTry
} from '../../lib/auth/refresh-cookie.ts'

declare module 'fastify' {
  interface FastifyInstance {
    refreshCookie: {
      /** Lets the routes of `scope`, and no others, read and set cookies. */
      acceptIn(scope: FastifyInstance): Promise<void>
      /** The refresh tokens a request carries, in the order in which they are to be tried. */
      read(request: FastifyRequest): string[]
      /** Gives the browser a token; `replaced` is the one it replaces. */
      grant(request: FastifyRequest, reply: FastifyReply, token: string, replaced?: string): void
      /** Removes the cookies that hold one of these tokens, and no others: they may be another service's. */
      revoke(request: FastifyRequest, reply: FastifyReply, tokens: ReadonlySet<string>): void
      /** As `revoke`, and removes the two documented cookies unless they hold another service's token. */
      logOut(request: FastifyRequest, reply: FastifyReply, tokens: ReadonlySet<string>): void
    }
  }
}

function originOf(request: FastifyRequest): CookieOrigin {
  const { scheme, host, prefix } = request.client
  const basePath = request.headers['x-base-path']
  return { scheme, host, prefix, basePath: Array.isArray(basePath) ? basePath[0] : basePath }
}

const sentBy = ({ headers, server }: FastifyRequest): RefreshCookie[] =>
  listRefreshCookies(headers.cookie, (pair) => server.parseCookie(pair))

function send(request: FastifyRequest, reply: FastifyReply, lines: CookieLine[]): void {
  const path = cookiePath(originOf(request))
  for (const { name, value, maxAge, secure } of lines) {
    reply.setCookie(name, value, { httpOnly: true, sameSite: 'lax', path, maxAge, secure })
  }
}

export default fp(
  async (app) => {
    const { refreshTtl } = app.config
    app.decorate('refreshCookie', {
      // It reads one cookie of a name only; several of a name are read by `sentBy`.
      acceptIn: async (scope) => void (await scope.register(cookie, { hook: false })),
      read: (request) => tokensToTry(sentBy(request), originOf(request)),
      grant: (request, reply, token, replaced) =>
        send(request, reply, grantLines(token, refreshTtl, originOf(request), sentBy(request), replaced)),
      revoke: (request, reply, tokens) => send(request, reply, revokeLines(tokens, originOf(request), sentBy(request))),
      logOut: (request, reply, tokens) => send(request, reply, logoutLines(tokens, originOf(request), sentBy(request)))
    })
  },
  { name: 'refresh-cookie', dependencies: ['config', 'client-ip'] }
)
