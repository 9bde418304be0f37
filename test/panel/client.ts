import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { request as requestTls, Agent as TlsAgent } from 'node:https'
import { text } from 'node:stream/consumers'

/** Where requests go, and how this place learns the client's address. */
export interface Place {
  port: number
  /** The header that names the client's address to this place. */
  addressHeader: string
  /** The certificate to trust, and the name in it; absent for plain HTTP. */
  tls?: { ca: string; servername: string }
}

export interface Question {
  method?: string
  /** A session or API token. */
  token?: string | undefined
  /** The client's address. */
  address?: string
  headers?: Record<string, string>
  body?: object
}

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: the tests look at whatever came
  json: any
  /** Milliseconds until the answer was whole. */
  ms: number
}

export type Ask = (path: string, question?: Question) => Promise<Reply>

const parse = (content: string) => {
  try {
    return JSON.parse(content)
  } catch {
    return {}
  }
}

/** Nginx has room for 512 connections, of which a request takes two. */
const pool = { keepAlive: true, maxSockets: 64 }

/** Sends requests over keep-alive connections. The first time a kept connection turns out closed, a GET is sent again. */
export function createClient(life: { teardown(end: () => unknown): void }, { port, addressHeader, tls }: Place): Ask {
  const agent = tls ? new TlsAgent({ ...pool, ...tls }) : new Agent(pool)
  life.teardown(() => agent.destroy())
  const send = (path: string, { method, token, address = '192.0.2.1', headers, body }: Question): Promise<Reply> => {
    const content = body === undefined ? '' : JSON.stringify(body)
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const since = performance.now()
    return new Promise((resolve, reject) => {
      const sent = (tls ? requestTls : request)({
        host: '127.0.0.1',
        port,
        path,
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        agent,
        headers: {
          ...type,
          'content-length': Buffer.byteLength(content),
          ...bearer,
          [addressHeader]: address,
          ...headers
        }
      })
      sent.once('error', (error) =>
        reject(Object.assign(error, { reused: sent.reusedSocket, path, method, body, port }))
      )
      sent.once('response', (answer) => {
        text(answer).then((received) => {
          const ms = performance.now() - since
          resolve({ status: answer.statusCode!, headers: answer.headers, text: received, json: parse(received), ms })
        }, reject)
      })
      sent.end(content)
    })
  }
  return (path, question = {}) =>
    send(path, question).catch((error) => {
      if (error.reused && question.body === undefined && question.method === undefined) return send(path, question)
      throw error
    })
}

/** The refresh token that an answer set. */
export const refreshTokenOf = ({ headers }: Reply): string | undefined =>
  headers['set-cookie']?.map((line) => /^refresh_token(?:_http)?(?:_\d+)?=([\w-]{43});/.exec(line)?.[1]).find(Boolean)

/** The claims of a JWT. */
export const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())
