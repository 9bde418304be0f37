import type { TLSSocket } from 'node:tls'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { compileNetworks, createAddressMemory } from '../../lib/net/address.ts'
import { type Client, type ClientInput, resolveClient } from '../../lib/net/client.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The inputs of the client address rule, for the connection diagnosis. */
    clientInput(request: FastifyRequest): ClientInput
    /** The normalised peer address of a connection. */
    peerAddress(socket: { remoteAddress?: string | undefined }): string
    isTrustedProxy(address: string): boolean
  }
  interface FastifyRequest {
    /** The client's address, used by audit, limits, lockout, allow-lists and bans. */
    clientIp: string
    /** The client's view of the request: address, scheme, host and prefix, as reported by trusted proxies. */
    client: Client
  }
}

// The only source of the client's address; Fastify's request.ip is the peer's.
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
