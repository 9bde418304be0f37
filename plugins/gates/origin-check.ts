import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { isKnownHost, isSameOrigin } from '../../lib/net/origin.ts'
import { listOwnNames } from '../../lib/net/own-names.ts'
import { faultOfHead, invalidHost, isHostValue } from '../../lib/net/request-head.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The browser sends the credential by itself (a cookie, a WebSocket), so the page's origin is checked. */
    sameOrigin?: boolean
  }
}

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
const isRead = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

const invalid = (message: string) => new AppError('VALIDATION', { message })

/** Why a proxy and this daemon could parse the head of a request differently, or null. */
function faultOf({ raw, originalUrl }: FastifyRequest): string | null {
  const { rawHeaders, httpVersionMajor, httpVersionMinor } = raw
  return faultOfHead({ rawHeaders, httpVersionMajor, httpVersionMinor, target: originalUrl })
}

/**
 * A request names one host (RFC 9112, 3.2). Without a required token, a page on another site must not control
 * the daemon (contract 3), neither by cross-origin requests nor by DNS rebinding.
 */
export default fp(
  async (app) => {
    const ownNames = listOwnNames(hostname(), await readFile('/etc/hosts', 'utf8').catch(() => ''))
    const hostRule = { ownNames, allowedHosts: app.config.allowedHosts }

    const isFromOwnOrigin = (request: FastifyRequest) =>
      isSameOrigin({
        origin: request.headers.origin,
        secFetchSite: first(request.headers['sec-fetch-site']),
        host: request.headers.host ?? '',
        forwardedHost: first(request.headers['x-forwarded-host'])
      })

    // While auth.json cannot be read, the guard refuses.
    const isWithoutToken = async () => {
      const mode = await app.authStore.mode()
      return mode !== 'enabled' && mode !== 'unreadable'
    }

    app.addHook('onRoute', ({ url, config }) => {
      if (url.startsWith('/ws/') && !config?.sameOrigin)
        throw new Error(`route ${url} is a WebSocket and must say sameOrigin`)
    })

    app.addHook('onRequest', async function originCheck(request) {
      const fault = faultOf(request)
      if (fault !== null) throw invalid(fault)
      const route = request.routeOptions.config
      // Only HTTP/1.0 requests may lack Host, and browsers never send them.
      const { host } = request.headers
      const isHost = host === undefined || isHostValue(host)
      if (route?.isStatic) {
        if (!isHost) throw invalid(invalidHost)
        return
      }
      // With tenants, the tenant gate has refused foreign names.
      const isChecked = app.config.saasDomain === '' && !request.client.forwarded
      const isForeignHost = host !== undefined && isChecked && !isKnownHost(host, hostRule)
      const isForeignPage = (route?.sameOrigin || !isRead(request.method)) && !isFromOwnOrigin(request)
      // Most requests are neither, and need no question to the store.
      if (!isForeignHost && !isForeignPage && isHost) return
      const isOpenState = await isWithoutToken()
      if (isForeignHost && isOpenState) {
        throw new AppError('HOST', {
          message: `the host name in this request is not one of this machine's; to accept it, set MONITOR_ALLOWED_HOSTS to it`
        })
      }
      if (!isHost) throw invalid(invalidHost)
      if (isForeignPage && (route?.sameOrigin || isOpenState)) throw new AppError('ORIGIN')
    })
  },
  { name: 'origin-check', dependencies: ['config', 'auth-store', 'client-ip'] }
)
