import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  ServerResponse
} from 'node:http'
import type { Socket } from 'node:net'
import { type DrainLimits, drainBody } from '../../lib/net/drain-body.ts'
import { isCurrent, resetConnection } from '../../lib/tls/tls-listener.ts'

export interface HttpServerOptions {
  http?: ServerOptions | null
  keepAliveTimeout?: number
  requestTimeout?: number
  connectionTimeout?: number
  maxRequestsPerSocket?: number
}

/** What is left of a body after its answer (contract 2). */
const LEFT_OF_BODY: DrainLimits = { bytes: 8 * 1024 * 1024, ms: 5000 }

const isStillSending = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0)

class Reply extends ServerResponse {
  #isDraining = false

  /** Closes connections opened before the last change of TLS after their next answer, so that clients reconnect. */
  override writeHead(...head: unknown[]): this {
    if (!isCurrent(this.req.socket)) this.setHeader('connection', 'close')
    return super.writeHead(...(head as [number]))
  }

  /**
   * An answer to a client that is still sending is written at once, but not ended before the rest of the body was read:
   * Node would close the connection under the client, which then sees a reset instead of the answer.
   */
  override end(...rest: unknown[]): this {
    const { req } = this
    if (this.#isDraining || !isStillSending(req)) return super.end(...(rest as []))
    this.#isDraining = true
    const [chunk] = rest
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.write(chunk)
    else this.flushHeaders()
    void drainBody(req, LEFT_OF_BODY).then((isDone) => {
      super.end(rest.find((each) => typeof each === 'function') as (() => void) | undefined)
      if (!isDone) req.socket.destroySoon()
    })
    return this
  }
}

/**
 * Node calls this when a connection has received and sent nothing for the server's timeout. A connection whose answer
 * is still being computed is kept.
 */
function endIdle(this: Server, socket: Socket & { _httpMessage?: object }): void {
  const isBeingAnswered = socket._httpMessage && socket.writableLength === 0
  // The timer does not restart by itself.
  if (isBeingAnswered) socket.setTimeout(this.timeout)
  else resetConnection(socket)
}

/**
 * Other upgrades (h2c, TLS) may be ignored (RFC 9110, 7.8): such a request gets an ordinary answer. During a shutdown
 * handshakes do too, because their listener has been removed.
 */
function isHandshake(this: Server, { method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && this.listenerCount('upgrade') > 0
}

/**
 * Creates the HTTP server. Without this factory, Fastify would create a second server for the other address of
 * `localhost`, which a change of TLS would not reach.
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
