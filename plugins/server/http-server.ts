import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  ServerResponse
} from 'node:http'
import type { Socket } from 'node:net'
import { isCurrent, resetConnection } from '../../lib/tls/tls-listener.ts'

export interface HttpServerOptions {
  http?: ServerOptions | null
  keepAliveTimeout?: number
  requestTimeout?: number
  connectionTimeout?: number
  maxRequestsPerSocket?: number
}

/** Tells the client of a connection from before the last switch of TLS to come again. */
class Reply extends ServerResponse {
  override writeHead(...head: unknown[]): this {
    if (!isCurrent(this.req.socket)) this.setHeader('connection', 'close')
    return super.writeHead(...(head as [number]))
  }
}

/**
 * Node calls this when nothing was received and nothing that waits to be sent has moved for the server's time-out. An
 * answer that is still being made is no fault of its client.
 */
function endIdle(this: Server, socket: Socket & { _httpMessage?: object }): void {
  const isBeingAnswered = socket._httpMessage && socket.writableLength === 0
  // The timer does not start again by itself.
  if (isBeingAnswered) socket.setTimeout(this.timeout)
  else resetConnection(socket)
}

/**
 * Other upgrades (h2c, TLS) may be ignored (RFC 9110, 7.8): such a request is answered as what it is. At a shutdown
 * handshakes are, too: their listener has gone.
 */
function isHandshake(this: Server, { method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && this.listenerCount('upgrade') > 0
}

/**
 * The one HTTP server. Fastify would make the same, and a second one of its own for the other address of `localhost`,
 * which no switch of TLS reaches; given this function it does not.
 */
export function createHttpServer(handler: RequestListener, options: HttpServerOptions): Server {
  // A request without Host is refused by plugins/gates/origin-check.ts, in the envelope.
  const settings = {
    requireHostHeader: false,
    shouldUpgradeCallback: isHandshake,
    ...options.http,
    ServerResponse: Reply as typeof ServerResponse
  }
  const server = createServer(settings, handler)
  if (options.keepAliveTimeout !== undefined) server.keepAliveTimeout = options.keepAliveTimeout
  if (options.requestTimeout !== undefined) server.requestTimeout = options.requestTimeout
  server.setTimeout(options.connectionTimeout)
  server.on('timeout', endIdle)
  if (options.maxRequestsPerSocket) server.maxRequestsPerSocket = options.maxRequestsPerSocket
  return server
}
