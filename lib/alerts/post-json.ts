import { request } from 'node:http'
import { isIP } from 'node:net'
import { type SecureContext, connect as startTls } from 'node:tls'
import { connect } from './connect.ts'
import { outcomeOfStatus } from './outcome.ts'
import type { Outcome } from './types.ts'

/** What every delivery needs. */
export interface Transport {
  /** The owner chose the destination. */
  allowsLocal: boolean
  /** Ends the delivery. */
  signal: AbortSignal
  /** Milliseconds since the epoch. */
  now: () => number
  /** The trusted certificate authorities. */
  secureContext: () => SecureContext
}

/**
 * Posts JSON and returns the status. The body of the answer is not read, and redirects are not followed. Rejects with
 * errors of connection and encryption.
 */
export async function postJson(
  url: URL,
  body: string,
  headers: Record<string, string>,
  { allowsLocal, signal, secureContext }: Transport
): Promise<Outcome> {
  const isSecure = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port) || (isSecure ? 443 : 80)
  const plain = await connect({ host, port, allowsLocal }, signal)
  const servername = isIP(host) === 0 ? host : ''
  const socket = isSecure ? startTls({ socket: plain, host, servername, secureContext: secureContext() }) : plain
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      const sent = request({
        method: 'POST',
        createConnection: () => socket,
        host,
        path: url.pathname + url.search,
        headers: {
          host: url.host,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'proxmenux-monitor',
          connection: 'close',
          ...headers
        },
        maxHeaderSize: 16 * 1024,
        signal
      })
      sent.on('response', ({ statusCode = 0 }) => resolve(outcomeOfStatus(statusCode)))
      sent.on('error', (error) => reject(signal.aborted ? signal.reason : error))
      sent.end(body)
    })
  } finally {
    socket.destroy()
    plain.destroy()
  }
}
