import { constants } from 'node:crypto'
import type { Server as HttpServer } from 'node:http'
import { type AddressInfo, createServer as createListener, type Server as Listener, type Socket } from 'node:net'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls'

export interface CertificateAndKey {
  /** PEM, the leaf first. */
  cert: string
  key: string
}

/** How connections were served at one time; each remembers which one it came under. */
interface Setting {
  tls: TlsServer | null
  current: boolean
}

const SETTING = Symbol('setting')
const RAW = Symbol('raw')
type Accepted = Socket & { [SETTING]?: Setting; [RAW]?: Socket }

/** False for a connection from before the last switch: its client should come again. */
export const isCurrent = (socket: object): boolean => (socket as Accepted)[SETTING]?.current !== false

/**
 * Closes a connection with a reset: after an ordinary close the kernel would keep what the client has not read, megabytes
 * of it, and go on offering it for minutes.
 */
export function resetConnection(socket: Socket): void {
  // A TLS socket throws, and one whose peer left early has no raw socket we know.
  const raw = (socket as Accepted)[RAW] ?? ('encrypted' in socket ? null : socket)
  raw?.resetAndDestroy()
  socket.destroy()
}

/** The first byte of a TLS connection: ContentType handshake (RFC 8446, 5.1). No HTTP method begins with it. */
const HANDSHAKE = 0x16

// All with forward secrecy, the strongest first (ASVS 12.1.2).
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

/** One connection among all that live, by what both its raw and its TLS socket know. */
const keyOf = ({ remoteAddress, remotePort, localAddress, localPort }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`

/**
 * Stands between an HTTP server's port and its HTTP, so that TLS is switched on, off and to another certificate while
 * both go on. Without TLS a connection goes straight through. With it the first byte tells TLS from plain HTTP, which is
 * served too: whoever reads the request decides what becomes of it. What is not decided within `handshakeMs` is closed.
 */
export function createTlsListener(server: HttpServer, { handshakeMs = 10_000 } = {}) {
  const listeners = server.listeners('connection')
  const serve = (socket: Socket) => {
    for (const listener of listeners) listener.call(server, socket)
  }
  let present: Setting = { tls: null, current: true }
  const undecided = new Map<string, { socket: Socket; timer: NodeJS.Timeout }>()
  let admits = (_socket: Socket): boolean => true
  let most: number | undefined
  let onTooMany = () => {}
  const others: Listener[] = []
  const gone: Promise<void>[] = []
  let closing = false

  const settle = (key: string) => {
    clearTimeout(undecided.get(key)?.timer)
    undecided.delete(key)
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
        const raw = undecided.get(keyOf(secured))?.socket
        settle(keyOf(secured))
        secured[SETTING] = setting
        if (raw) secured[RAW] = raw
        serve(secured)
      }
    )

  const decide = (socket: Socket, { tls }: Setting) => {
    const key = keyOf(socket)
    const leave = () => socket.destroy()
    undecided.set(key, { socket, timer: setTimeout(leave, handshakeMs).unref() })
    const forget = () => {
      if (undecided.get(key)?.socket === socket) settle(key)
    }
    const look = () => {
      const bytes: Buffer | null = socket.read()
      if (bytes === null) return
      socket.off('readable', look).off('end', leave)
      socket.unshift(bytes)
      if (bytes[0] === HANDSHAKE) {
        // As in a server of TLS alone: what has left in its handshake, or since, is gone at once.
        socket.allowHalfOpen = false
        tls!.emit('connection', socket)
        return
      }
      forget()
      socket.off('error', ignore).off('close', forget)
      serve(socket)
    }
    socket.on('readable', look).on('end', leave).on('error', ignore).on('close', forget)
  }

  server.removeAllListeners('connection')
  server.on('connection', (socket: Accepted) => {
    socket[SETTING] = present
    if (!admits(socket)) resetConnection(socket)
    else if (present.tls === null) serve(socket)
    else if (closing) socket.destroy()
    else decide(socket, present)
  })

  return {
    /** From now on a connection that `test` refuses is closed at once, before TLS and HTTP. */
    admitOnly(test: (socket: Socket) => boolean): void {
      admits = test
    },

    /** Connections beyond `max`, on each address this listens on, are closed by Node before they have a socket. */
    limitTo(max: number, onRefused: () => void): void {
      most = max
      onTooMany = onRefused
      server.maxConnections = max
      server.on('drop', onRefused)
    },

    isOn: (): boolean => present.tls !== null,

    /** From now on connections are TLS under this certificate, or plain. Those there are go on. Throws on a bad pair. */
    use(pair: CertificateAndKey | null): void {
      const next: Setting = { tls: null, current: true }
      if (pair !== null) next.tls = createTls(next, pair)
      present.current = false
      present = next
    },

    /** A server listens on one address, and `localhost` is two (RFC 6761): what comes to the other is handed to it. */
    async listenOnLocalhost(backlog: number): Promise<void> {
      const own = server.address() as AddressInfo
      for (const address of ['127.0.0.1', '::1']) {
        if (address === own.address) continue
        const other = createListener({ allowHalfOpen: true, noDelay: true }, (socket) => {
          server.emit('connection', socket)
        })
        if (most !== undefined) other.maxConnections = most
        other.on('drop', onTooMany)
        await new Promise<void>((done) => {
          // IPv6 may be off: one address is enough.
          other.once('error', () => done())
          other.listen({ host: address, port: own.port, backlog }, () => {
            others.push(other)
            done()
          })
        })
      }
    },

    /** Takes no more connections from other addresses and waits for no handshake. */
    close(): void {
      closing = true
      for (const { socket } of undecided.values()) socket.destroy()
      for (const other of others.splice(0)) gone.push(new Promise((done) => other.close(() => done())))
    },

    /** When the connections of other addresses have ended, which the server itself does not wait for. */
    closed: async (): Promise<void> => {
      await Promise.all(gone)
    }
  }
}
export type TlsListener = ReturnType<typeof createTlsListener>
