import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Test } from 'tap'

export type Scheme = 'http' | 'https'

export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

export interface Ask {
  scheme: Scheme
  port: number
  path: string
  host?: string
  method?: string
  headers?: Record<string, string>
  payload?: object
  agent?: HttpAgent | false
}

/** One request by a real client, which believes any certificate. */
export function ask({
  scheme,
  port,
  path,
  host = '127.0.0.1',
  method = 'GET',
  headers = {},
  payload,
  agent = false
}: Ask) {
  const body = payload === undefined ? '' : JSON.stringify(payload)
  const type = payload === undefined ? {} : { 'content-type': 'application/json' }
  const options = { host, port, path, method, agent, headers: { ...type, ...headers } }
  return new Promise<Answer>((done, fail) => {
    const receive = (reply: IncomingMessage) => {
      let text = ''
      reply.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      reply.on('end', () => done({ status: reply.statusCode!, headers: reply.headers, body: text })).on('error', fail)
    }
    const sent =
      scheme === 'https'
        ? httpsRequest({ ...options, rejectUnauthorized: false }, receive)
        : httpRequest(options, receive)
    sent.on('error', fail).end(body)
  })
}

/** Connections that stay open between requests, closed with the test. */
export function keepAlive(t: Test, scheme: Scheme): HttpAgent {
  const agent = scheme === 'https' ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  return agent
}

export const open = (scheme: Scheme, port: number, host = '127.0.0.1'): Socket =>
  scheme === 'https' ? connectTls({ port, host, rejectUnauthorized: false }) : connectPlain({ port, host })

/** A connection that was upgraded to a protocol that answers what it is told, as a terminal's is. */
export async function openEcho(t: Test, scheme: Scheme, port: number) {
  const socket = open(scheme, port).setEncoding('utf8')
  t.teardown(() => socket.destroy())
  let isOpen = true
  socket.on('close', () => {
    isOpen = false
  })
  socket.write('GET /echo HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n')
  const next = () => new Promise<string>((done) => socket.once('data', (text) => done(String(text))))
  const head = await next()
  if (!head.startsWith('HTTP/1.1 101 ')) throw new Error(`no echo: ${head}`)
  const say = (text: string): Promise<string> => {
    const answer = next()
    socket.write(text)
    return answer
  }
  return { say, isOpen: () => isOpen }
}

/** Serves such connections. */
export function serveEcho(server: {
  on(event: 'upgrade', serve: (request: unknown, socket: Socket) => void): unknown
}) {
  server.on('upgrade', (_request, socket) => {
    socket.on('error', () => {})
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n')
    socket.pipe(socket)
  })
}
