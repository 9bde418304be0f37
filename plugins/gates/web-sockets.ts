import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import fastifyWebsocket from '@fastify/websocket'
import type { FastifyInstance, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { WebSocket } from 'ws'
import { AppError, describeError } from '../../lib/api/errors.ts'
import { selectProtocol } from '../../lib/auth/tickets.ts'
import { resetConnection } from '../../lib/tls/tls-listener.ts'

declare module 'fastify' {
  interface FastifyInstance {
    webSockets: {
      /** Makes only routes of this scope accept WebSockets. Call it once. */
      acceptIn(scope: FastifyInstance): Promise<void>
    }
  }
  interface FastifyContextConfig {
    /** Maximum bytes of a message, and the subprotocol to select if the client offers it. */
    webSocket?: { maxPayload: number; protocol?: string }
  }
}

declare module 'http' {
  interface IncomingMessage {
    /** Set by Node: the HTTP parser is detached from the connection. */
    upgrade?: boolean
  }
}

interface OpenSocket {
  socket: Socket
  answered: boolean
  /** Bytes handed to the kernel at the last ping; null if no bytes were queued. */
  taken: number | null
}

// Shorter than any proxy's timeout (Nginx: 60 s). A lost client is detected within 45 s (contract 10).
const PING_EVERY_MS = 20_000
const CLOSE_WITHIN_MS = 1000
const GOING_AWAY = 1001
const INTERNAL_ERROR = 1011

/**
 * WebSocket routes by @fastify/websocket: a handshake passes the same gates as every request, and a refusal is an HTTP
 * answer.
 */
export default fp(
  async (app) => {
    /** Handshakes that have passed every gate. */
    const handshakes = new WeakMap<IncomingMessage, FastifyReply>()
    const open = new Map<WebSocket, OpenSocket>()
    let pinging: NodeJS.Timeout | undefined
    let closing = false

    const limitsOf = (raw: IncomingMessage) => handshakes.get(raw)!.request.routeOptions.config.webSocket!

    const ping = () => {
      for (const [webSocket, state] of open) {
        const { bytesWritten, writableLength } = state.socket
        const taken = writableLength === 0 ? null : bytesWritten - writableLength
        // A client that sends but reads nothing counts as lost, too.
        const isStuck = taken !== null && taken === state.taken
        if (isStuck || !state.answered) resetConnection(state.socket)
        else webSocket.ping()
        Object.assign(state, { answered: false, taken })
      }
    }
    const end = (socket: WebSocket) => {
      socket.close(GOING_AWAY, 'the daemon is shutting down')
      setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS).unref()
    }
    const keep = (socket: WebSocket, raw: IncomingMessage) => {
      const state: OpenSocket = { socket: raw.socket, answered: true, taken: null }
      open.set(socket, state)
      const answered = () => {
        state.answered = true
      }
      socket.on('pong', answered)
      // A pong may be queued behind other data, so any message counts as an answer.
      socket.on('message', answered)
      socket.on('close', () => open.delete(socket))
      const { request } = handshakes.get(raw)!
      request.log.info({ path: request.routeOptions.url, rhost: request.clientIp }, 'WebSocket open')
      if (closing) end(socket)
      pinging ??= setInterval(ping, PING_EVERY_MS).unref()
    }

    // Written directly: @fastify/websocket hijacks the reply before `ws` reads the handshake.
    const refuse = (reply: FastifyReply, message: string) => {
      const headers = { ...reply.getHeaders(), 'content-type': 'application/json; charset=utf-8' }
      // RFC 6455, 4.4: the supported versions.
      reply.raw.writeHead(400, { ...headers, 'sec-websocket-version': '13, 8' } as OutgoingHttpHeaders)
      reply.raw.end(JSON.stringify(describeError(new AppError('VALIDATION', { message }))))
    }

    const acceptIn = async (scope: FastifyInstance) => {
      await scope.register(fastifyWebsocket, {
        options: {
          clientTracking: false,
          handleProtocols: (offered, raw) => selectProtocol(offered, limitsOf(raw).protocol)
        },
        errorHandler(err, socket, request) {
          // A failed socket closes by itself; after a failed handler it is still open.
          if (socket.readyState !== socket.OPEN) return request.log.debug({ err }, 'a WebSocket failed')
          request.log.error({ err }, 'a WebSocket handler failed')
          socket.close(INTERNAL_ERROR)
        },
        async preClose() {
          clearInterval(pinging)
          closing = true
          for (const socket of open.keys()) end(socket)
        }
      })
      const server = scope.websocketServer
      // All routes share one server, which reads maxPayload right after this event.
      server.on('headers', (_headers, raw) => {
        server.options.maxPayload = limitsOf(raw).maxPayload
      })
      server.on('connection', keep)
      server.on('wsClientError', ({ message }, _socket, raw) => refuse(handshakes.get(raw)!, message))
      scope.addHook('preHandler', function handshake(request, reply, done) {
        if (!request.raw.upgrade) return done(new AppError('VALIDATION', { message: 'this address is for WebSockets' }))
        handshakes.set(request.raw, reply)
        done()
      })
      scope.addHook('onRoute', ({ url, config }) => {
        if (!config?.webSocket) throw new Error(`route ${url} must declare config.webSocket`)
      })
    }

    app.decorate('webSockets', { acceptIn })

    // Handshakes without a WebSocket route get an HTTP answer. Node reads no further request from such a connection and
    // applies no timeout, so it is closed here.
    app.addHook('onRequest', function webSockets({ raw }, reply, done) {
      if (raw.upgrade) {
        reply.raw.shouldKeepAlive = false
        reply.raw.once('finish', () => raw.socket.destroySoon())
      }
      done()
    })
  },
  { name: 'web-sockets', dependencies: ['client-ip'] }
)
