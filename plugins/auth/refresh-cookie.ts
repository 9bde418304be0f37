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
      /** Makes only the routes of `scope` read and set cookies. */
      acceptIn(scope: FastifyInstance): Promise<void>
      /** The refresh tokens of a request, in the order to try them. */
      read(request: FastifyRequest): string[]
      /** Sets the cookies for a token; `replaced` is the replaced token. */
      grant(request: FastifyRequest, reply: FastifyReply, token: string, replaced?: string): void
      /** Removes only the cookies with one of these tokens: other cookies may belong to other services. */
      revoke(request: FastifyRequest, reply: FastifyReply, tokens: ReadonlySet<string>): void
      /** Like `revoke`, and also removes the two documented cookies unless they hold another service's token. */
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
      // The plugin reads only one cookie per name; `sentBy` reads several.
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
