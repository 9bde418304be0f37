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

/** One request by a real client, which believes any certificate. Its failure says whether the request had `begun`: a handshake that fails has sent none. */
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
    let begun = false
    sent.on('socket', (socket) => {
      begun = sent.reusedSocket || scheme === 'http'
      if (begun) return
      socket.once('secureConnect', () => {
        begun = true
      })
    })
    sent.on('error', (error) => fail(Object.assign(error, { begun }))).end(body)
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
