import { type IncomingHttpHeaders, request as requestPlain } from 'node:http'
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2'
import { request as requestTls } from 'node:https'
import { text } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import type { ClientOptions } from 'ws'
import type { Way } from './proxies.ts'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  /** The body read as JSON; empty for anything else. */
  json: Record<string, unknown>
}

export interface Question {
  /** The address of this machine the request comes from: all of 127.0.0.0/8 are. */
  from?: string
  method?: string
  headers?: Record<string, string | string[]>
  body?: object
}

export const OPEN = '127.0.0.5'

/** What the browser's address bar shows before the path. */
export const originOf = ({ scheme, host, port }: Way): string => `${scheme}://${host}:${port}`

/** For node:tls, node:https and ws: this way's certificate and no other. */
export const trust = (way: Way, ca: string) => (way.scheme === 'https' ? { ca, servername: way.host } : {})

export const handshakeOptions = (way: Way, ca: string, from = OPEN): ClientOptions => ({
  ...trust(way, ca),
  localAddress: from,
  headers: { host: `${way.host}:${way.port}` },
  origin: originOf(way)
})

const parse = (content: string): Record<string, unknown> => {
  try {
    return JSON.parse(content)
  } catch {
    return {}
  }
}

/** One request on a connection of its own. */
export function ask(
  way: Way,
  ca: string,
  path: string,
  { from = OPEN, method, headers, body }: Question = {}
): Promise<Answer> {
  const content = body === undefined ? '' : JSON.stringify(body)
  const type = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': `${content.length}` }
  const options = {
    host: '127.0.0.1',
    port: way.port,
    path: way.prefix + path,
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    agent: false as const,
    localAddress: from,
    ...trust(way, ca),
    headers: { host: `${way.host}:${way.port}`, ...type, ...headers }
  }
  return new Promise((resolve, reject) => {
    const sent = way.scheme === 'https' ? requestTls(options) : requestPlain(options)
    sent.once('error', reject)
    sent.once('response', async (answer) => {
      const received = await text(answer)
      resolve({ status: answer.statusCode!, headers: answer.headers, text: received, json: parse(received) })
    })
    sent.end(content)
  })
}

/** A connection that speaks HTTP/2 and nothing else, handed to `use` and closed. */
export async function overHttp2<T>(way: Way, ca: string, use: (session: ClientHttp2Session) => Promise<T>): Promise<T> {
  // Node passes `localAddress` on to the socket, which its types do not say.
  const socket = { host: '127.0.0.1', port: way.port, localAddress: OPEN }
  const createConnection = () => connectTls({ ...socket, ca, servername: way.host, ALPNProtocols: ['h2'] })
  const session = connectHttp2(originOf(way), { createConnection })
  const failed = new Promise<never>((_, reject) => session.once('error', reject))
  try {
    return await Promise.race([use(session), failed])
  } finally {
    session.destroy()
  }
}
