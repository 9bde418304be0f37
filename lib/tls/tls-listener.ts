import { constants } from 'node:crypto'
import type { Server as HttpServer } from 'node:http'
import { type AddressInfo, createServer as createListener, type Server as Listener, type Socket } from 'node:net'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls'

export interface CertificateAndKey {
  /** PEM, the leaf certificate first. */
  cert: string
  key: string
}

/** The listener's setting between two switches. Each connection keeps the setting it was accepted under. */
interface Setting {
  tls: TlsServer | null
  current: boolean
}

const SETTING = Symbol('setting')
const RAW = Symbol('raw')
type Accepted = Socket & { [SETTING]?: Setting; [RAW]?: Socket }

/** False for a connection accepted before the last switch: its client should reconnect. */
export const isCurrent = (socket: object): boolean => (socket as Accepted)[SETTING]?.current !== false

/**
 * Closes a connection with a TCP reset. After an ordinary close the kernel would keep megabytes of unread data and
 * retransmit it for minutes.
 */
export function resetConnection(socket: Socket): void {
  // resetAndDestroy() throws on a TLS socket. If the peer left early, the raw socket is unknown.
  const raw = (socket as Accepted)[RAW] ?? ('encrypted' in socket ? null : socket)
  raw?.resetAndDestroy()
  socket.destroy()
}

/** The first byte of a TLS connection: ContentType handshake (RFC 8446, 5.1). No HTTP method begins with it. */
const HANDSHAKE = 0x16

// Only ciphers with forward secrecy, the strongest first (ASVS 12.1.2).
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256'
].join(':')

const ignore = () => {}

/** Identifies an open connection by properties that its raw and its TLS socket share. */
const keyOf = ({ remoteAddress, remotePort, localAddress, localPort }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`

/**
 * Accepts the connections of an HTTP server, so that TLS can be switched on, off or to another certificate without a
 * restart. Without TLS, connections go straight to the server. With TLS, the first byte distinguishes TLS from plain
 * HTTP; plain requests reach the server too, which answers them. Connections without a handshake or request within
 * `handshakeMs` are closed.
 */
export function createTlsListener(server: HttpServer, { handshakeMs = 10_000 } = {}) {
  const listeners = server.listeners('connection')
  const serve = (socket: Socket) => {
    for (const listener of listeners) listener.call(server, socket)
  }
  let currentSetting: Setting = { tls: null, current: true }
  const pendingHandshakes = new Map<string, { socket: Socket; timer: NodeJS.Timeout }>()
  let isAdmitted = (_socket: Socket): boolean => true
  let maxConnections: number | undefined
  let onTooMany = () => {}
  const localhostListeners: Listener[] = []
  const localhostClosed: Promise<void>[] = []
  let closing = false

  const clearPending = (key: string) => {
    clearTimeout(pendingHandshakes.get(key)?.timer)
    pendingHandshakes.delete(key)
  }

  const createTls = (setting: Setting, pair: CertificateAndKey): TlsServer =>
    createTlsServer(
      {
        ...pair,
        minVersion: 'TLSv1.2',
        ciphers: CIPHERS,
        ALPNProtocols: ['http/1.1'],
        secureOptions: constants.SSL_OP_NO_RENEGOTIATION
      },
      (secured: Accepted) => {
        const raw = pendingHandshakes.get(keyOf(secured))?.socket
        clearPending(keyOf(secured))
        secured[SETTING] = setting
        if (raw) secured[RAW] = raw
        serve(secured)
      }
    )

  const detectProtocol = (socket: Socket, { tls }: Setting) => {
    const key = keyOf(socket)
    const destroy = () => socket.destroy()
    pendingHandshakes.set(key, { socket, timer: setTimeout(destroy, handshakeMs).unref() })
    const forget = () => {
      if (pendingHandshakes.get(key)?.socket === socket) clearPending(key)
    }
    const onReadable = () => {
      const bytes: Buffer | null = socket.read()
      if (bytes === null) return
      socket.off('readable', onReadable).off('end', destroy)
      socket.unshift(bytes)
      if (bytes[0] === HANDSHAKE) {
        // As in a plain TLS server: a client that disconnects during or after the handshake is closed at once.
        socket.allowHalfOpen = false
        tls!.emit('connection', socket)
        return
      }
      forget()
      socket.off('error', ignore).off('close', forget)
      serve(socket)
    }
    socket.on('readable', onReadable).on('end', destroy).on('error', ignore).on('close', forget)
  }

  server.removeAllListeners('connection')
  server.on('connection', (socket: Accepted) => {
    socket[SETTING] = currentSetting
    if (!isAdmitted(socket)) resetConnection(socket)
    else if (currentSetting.tls === null) serve(socket)
    else if (closing) socket.destroy()
    else detectProtocol(socket, currentSetting)
  })

  return {
    /** Resets new connections that fail `test`, before TLS and HTTP. */
    admitOnly(test: (socket: Socket) => boolean): void {
      isAdmitted = test
    },

    /** Node closes connections beyond `max` for each listening address, before they get a socket. */
    limitTo(max: number, onRefused: () => void): void {
      maxConnections = max
      onTooMany = onRefused
      server.maxConnections = max
      server.on('drop', onRefused)
    },

    isOn: (): boolean => currentSetting.tls !== null,

    /**
     * Serves new connections with this certificate, or without TLS for null. Open ones continue. Throws on a bad pair.
     */
    use(pair: CertificateAndKey | null): void {
      const next: Setting = { tls: null, current: true }
      if (pair !== null) next.tls = createTls(next, pair)
      currentSetting.current = false
      currentSetting = next
    },

    /** Also listens on the other address of `localhost` (RFC 6761), since a server listens on one address only. */
    async listenOnLocalhost(backlog: number): Promise<void> {
      const own = server.address() as AddressInfo
      for (const address of ['127.0.0.1', '::1']) {
        if (address === own.address) continue
        const other = createListener({ allowHalfOpen: true, noDelay: true }, (socket) => {
          server.emit('connection', socket)
        })
        if (maxConnections !== undefined) other.maxConnections = maxConnections
        other.on('drop', onTooMany)
        await new Promise<void>((done) => {
          // IPv6 can be disabled; one address is enough.
          other.once('error', () => done())
          other.listen({ host: address, port: own.port, backlog }, () => {
            localhostListeners.push(other)
            done()
          })
        })
      }
    },

    /** Stops the additional listeners and drops connections that are still in their handshake. */
    close(): void {
      closing = true
      for (const { socket } of pendingHandshakes.values()) socket.destroy()
      for (const other of localhostListeners.splice(0))
        localhostClosed.push(new Promise((done) => other.close(() => done())))
    },

    /** Resolves when the connections of the additional listeners have ended. The server does not wait for these. */
    closed: async (): Promise<void> => {
      await Promise.all(localhostClosed)
    }
  }
}
export type TlsListener = ReturnType<typeof createTlsListener>
