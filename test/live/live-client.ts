import type { Test } from 'tap'
import type { ClientOptions, WebSocket } from 'ws'
import type { TopicOptions } from '../../lib/live/topic.ts'
import { type App, build, setUp } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { type Handshake, handshake, portOf } from '../support/web-sockets.ts'

export interface LiveMessage {
  type: string
  topic?: string
  seq?: number
  code?: string
  data?: Record<string, unknown>
  patch?: Record<string, unknown>
}

/** A daemon that listens, with these topics beside its own, and its owner's session. */
export async function serve(t: Test, topics: readonly TopicOptions[] = []) {
  const app = await build(t)
  for (const topic of topics) app.live.addTopic(topic)
  await setUp(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, ...(await openSession(app)) }
}

/** A topic `numbers` that is told what to show. */
export function createNumbers() {
  let value = 0
  const made = { snapshots: 0 }
  const topic: TopicOptions = {
    name: 'numbers',
    permission: 'system.view',
    revision: () => value,
    snapshot() {
      made.snapshots++
      return { value, text: `${value} `.repeat(20_000) }
    }
  }
  const show = (next: number) => {
    value = next
  }
  return { topic, made, show }
}

export async function liveTicket(app: App, headers: Record<string, string> = {}): Promise<string> {
  const reply = await app.inject({ method: 'POST', url: '/api/live/ticket', headers })
  if (reply.statusCode !== 200) throw new Error(`the ticket answered ${reply.statusCode} ${reply.body}`)
  return reply.json().ticket
}

export const liveUrl = (app: App) => `ws://127.0.0.1:${portOf(app)}/ws/live`

/** RFC 7396, as a client has it. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const isMembers = typeof target === 'object' && target !== null && !Array.isArray(target)
  const members = new Map<string, unknown>(isMembers ? Object.entries(target) : [])
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) members.delete(name)
    else members.set(name, applyMergePatch(members.get(name), value))
  }
  return Object.fromEntries(members)
}

/** A client by docs/live-protocol.md on a socket: what it was sent, and what it makes of it. */
export function follow(socket: WebSocket) {
  const messages: LiveMessage[] = []
  const state: Record<string, unknown> = {}
  const seqs: Record<string, number> = {}
  const gaps: LiveMessage[] = []
  let closed: { code: number; reason: string } | null = null
  const looks = new Set<() => void>()
  socket.on('message', (data) => {
    const message: LiveMessage = JSON.parse(String(data))
    messages.push(message)
    const { type, topic = '', seq = 0 } = message
    if (type === 'snapshot') state[topic] = message.data
    if (type === 'delta') {
      if (seqs[topic] !== seq - 1) gaps.push(message)
      state[topic] = applyMergePatch(state[topic], message.patch)
    }
    seqs[topic] = seq
    for (const look of looks) look()
  })
  socket.on('close', (code, reason) => {
    closed = { code, reason: String(reason) }
    for (const look of looks) look()
  })
  /** Waits until `find` finds something. */
  const until = <T>(what: string, find: () => T | null | undefined | false): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = find()
        if (found === null || found === undefined || found === false) return
        clearTimeout(patience)
        looks.delete(look)
        resolve(found)
      }
      const patience = setTimeout(() => {
        const end = closed ? `closed ${closed.code} ${closed.reason}` : `${messages.length} messages`
        reject(new Error(`${what} did not come (${end})`))
      }, 30_000).unref()
      looks.add(look)
      look()
    })
  return {
    messages,
    state,
    gaps,
    until,
    /** The first message of a type, of a topic where one is named. */
    message: (type: string, topic?: string) =>
      until(`${type} ${topic ?? ''}`, () =>
        messages.find((message) => message.type === type && (topic === undefined || message.topic === topic))
      ),
    closed: () => until('close', () => closed)
  }
}

export async function connect(
  t: Test,
  app: App,
  headers: Record<string, string> = {},
  options: ClientOptions = {}
): Promise<ReturnType<typeof follow> & { socket: WebSocket; say: (message: object) => void }> {
  const result: Handshake = await handshake(
    liveUrl(app),
    ['live.v1', `ticket.${await liveTicket(app, headers)}`],
    options
  )
  if (!('socket' in result)) throw new Error(`refused with ${result.status} ${result.body}`)
  const { socket } = result
  t.teardown(() => socket.terminate())
  return { socket, say: (message) => socket.send(JSON.stringify(message)), ...follow(socket) }
}
export type LiveClient = Awaited<ReturnType<typeof connect>>

export const subscribe = (client: LiveClient, ...topics: string[]) => client.say({ type: 'subscribe', topics })
