import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import fp from 'fastify-plugin'
import type { WebSocket } from 'ws'
import { AppError } from '../lib/errors.ts'
import { selectProtocol } from '../lib/tickets.ts'
import { resetConnection } from '../lib/tls/edge.ts'

declare module 'fastify' {
  interface FastifyInstance {
    webSockets: {
      /**
       * Completes a handshake that has passed every gate; with the subprotocol named, where it is offered. Null when the
       * client broke it off or sent no good key.
       */
      accept(
        request: FastifyRequest,
        reply: FastifyReply,
        maxPayload: number,
        protocol?: string
      ): Promise<WebSocket | null>
    }
  }
}

interface OpenSocket {
  socket: Socket
  answered: boolean
  /** Bytes taken by the kernel at the last ping; null if nothing waited for it. */
  taken: number | null
}

interface Handshake {
  socket: Socket
  head: Buffer
  response: ServerResponse
}

// Shorter than any proxy's patience (Nginx: 60 s); who misses two is gone, and found within 45 s (contract 10).
const PING_EVERY_MS = 20_000
const CLOSE_WITHIN_MS = 1000
const GOING_AWAY = 1001

/**
 * WebSockets as routes: a handshake runs through the same gates as every request, and only then becomes a socket. What
 * @fastify/websocket does, but `ws` is loaded when the first one comes.
 */
export default fp(
  async (app) => {
    const handshakes = new WeakMap<IncomingMessage, Handshake>()
    const open = new Map<WebSocket, OpenSocket>()
    let pinging: NodeJS.Timeout | undefined
    let closing = false

    // Other upgrades (h2c, TLS) may be ignored (RFC 9110, 7.8): such a request is answered as what it is.
    Object.assign(app.server, {
      shouldUpgradeCallback: ({ method, headers }: IncomingMessage) =>
        method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket'
    })
    app.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      socket.on('error', () => socket.destroy())
      // Imported by name, it would load all that Node exports lazily from there: 2 MB.
      const response: ServerResponse = new (process.getBuiltinModule('node:http').ServerResponse)(request)
      // Node parses no further request from an upgraded connection.
      response.shouldKeepAlive = false
      // Node's own time-outs have let go of it: a client that never closes would keep it for good.
      response.on('finish', () => socket.destroySoon())
      response.assignSocket(socket)
      handshakes.set(request, { socket, head, response })
      app.routing(request, response)
    })

    const ping = () => {
      for (const [webSocket, state] of open) {
        const { bytesWritten, writableLength } = state.socket
        const taken = writableLength === 0 ? null : bytesWritten - writableLength
        // Who goes on sending and reads nothing has not answered either.
        const isStuck = taken !== null && taken === state.taken
        if (isStuck || !state.answered) resetConnection(state.socket)
        else webSocket.ping()
        Object.assign(state, { answered: false, taken })
      }
    }
    const end = (socket: WebSocket) => {
      socket.close(GOING_AWAY, 'the daemon ends')
      setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS).unref()
    }
    const keep = (socket: WebSocket, connection: Socket) => {
      const state: OpenSocket = { socket: connection, answered: true, taken: null }
      open.set(socket, state)
      const answered = () => {
        state.answered = true
      }
      socket.on('pong', answered)
      // A pong waits behind all that was sent before it.
      socket.on('message', answered)
      // Without a listener it would end the daemon; 'close' follows in any case.
      socket.on('error', (err) => app.log.debug({ err }, 'a WebSocket failed'))
      socket.on('close', () => open.delete(socket))
      if (closing) end(socket)
      pinging ??= setInterval(ping, PING_EVERY_MS).unref()
    }

    app.decorate('webSockets', {
      async accept(request, reply, maxPayload, protocol) {
        const handshake = handshakes.get(request.raw)
        if (!handshake) throw new AppError('VALIDATION', { message: 'this address is for WebSockets' })
        const { socket, head, response } = handshake
        const { WebSocketServer } = await import('ws')
        const handler = new WebSocketServer({
          noServer: true,
          clientTracking: false,
          maxPayload,
          handleProtocols: (offered) => selectProtocol(offered, protocol)
        })
        reply.hijack()
        response.detachSocket(socket)
        return new Promise((resolve) => {
          if (socket.destroyed) resolve(null)
          socket.once('close', () => resolve(null))
          handler.handleUpgrade(request.raw, socket, head, (webSocket) => {
            keep(webSocket, socket)
            request.log.info({ path: request.routeOptions.url, rhost: request.clientIp }, 'WebSocket open')
            resolve(webSocket)
          })
        })
      }
    })

    app.addHook('preClose', async () => {
      clearInterval(pinging)
      closing = true
      for (const socket of open.keys()) end(socket)
    })
  },
  { name: 'web-sockets', dependencies: ['client-ip'] }
)
