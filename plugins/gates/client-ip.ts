import type { TLSSocket } from 'node:tls'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { compileNetworks, createAddressMemory } from '../../lib/net/address.ts'
import { type Client, type ClientInput, resolveClient } from '../../lib/net/client.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** All that decides who is calling, for who wants to be told how. */
    clientInput(request: FastifyRequest): ClientInput
    /** The address at the other end of a connection, in one spelling. */
    peerAddress(socket: { remoteAddress?: string | undefined }): string
    isTrustedProxy(address: string): boolean
  }
  interface FastifyRequest {
    /** The sender's one address: audit, limits, lockout, allow-lists and bans all use it. */
    clientIp: string
    /** How the request came here: scheme, host, and what its proxies said. */
    client: Client
  }
}

// The only place that decides who is calling; Fastify's own request.ip is the bare socket's.
export default fp(
  async (app) => {
    const compile = (more: readonly string[] = []) => compileNetworks([...app.config.trustedProxies, ...more])
    let isTrusted = compile(app.settings.current().trusted_proxies)
    app.settings.onChange((settings) => {
      isTrusted = compile(settings.trusted_proxies)
    })
    const normalise = createAddressMemory()
    app.decorateRequest('clientIp', '')
    app.decorateRequest('client', null as unknown as Client)
    const peerAddress = ({ remoteAddress }: { remoteAddress?: string | undefined }): string =>
      normalise(remoteAddress ?? '') ?? '0.0.0.0'
    const clientInput = ({ headers, raw: { socket } }: FastifyRequest): ClientInput => ({
      peer: peerAddress(socket),
      encrypted: (socket as TLSSocket).encrypted === true,
      headers: headers as Record<string, string | undefined>,
      isTrusted
    })
    app.decorate('clientInput', clientInput)
    app.decorate('peerAddress', peerAddress)
    app.decorate('isTrustedProxy', (address: string) => isTrusted(address))
    app.addHook('onRequest', function clientIp(request, _reply, done) {
      request.client = resolveClient(clientInput(request))
      request.clientIp = request.client.address
      done()
    })
  },
  { name: 'client-ip', dependencies: ['config', 'settings'] }
)
