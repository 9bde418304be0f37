import type { AddressInfo } from 'node:net'
import { type ClientOptions, WebSocket } from 'ws'
import type { App } from './app.ts'

export const portOf = (app: App): number => (app.server.address() as AddressInfo).port

/** A ticket for /ws/connection; `headers` are a session's. */
export async function getTicket(app: App, headers: Record<string, string>): Promise<string> {
  const reply = await app.inject({ method: 'POST', url: '/api/security/connection/ticket', headers })
  if (reply.statusCode !== 200) throw new Error(`the ticket answered ${reply.statusCode} ${reply.body}`)
  return reply.json().ticket
}

export type Handshake = { socket: WebSocket; status: 101 } | { status: number; body: string }

/** Tries a handshake: an open socket, or the answer it was refused with. */
export function handshake(url: string, protocols: string[] = [], options: ClientOptions = {}): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocols, options)
    socket.once('open', () => resolve({ socket, status: 101 }))
    socket.once('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode!, body }))
    })
    socket.once('error', reject)
  })
}

/** What comes back for a message. */
export const echo = (socket: WebSocket, message: string): Promise<string> =>
  new Promise((resolve, reject) => {
    socket.once('message', (data) => resolve(String(data)))
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)))
    socket.send(message)
  })

export const closed = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.once('close', (code) => resolve(code)))
