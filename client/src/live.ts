import type { paths } from './schema.js'

type AnswerOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Answer } } } }
}
  ? Answer
  : never

/** The topics of the live stream with their data. A field that may be null may also be missing. */
export interface Topics {
  system: AnswerOf<'/api/system'>
  'system-info': AnswerOf<'/api/system-info'>
  network: AnswerOf<'/api/network'>
  storage: AnswerOf<'/api/storage'>
  guests: AnswerOf<'/api/guests'>
  health: AnswerOf<'/api/health'>
  gateway: Omit<AnswerOf<'/api/gateway'>, 'success'>
}
export type Topic = keyof Topics
export type Update<Name extends Topic = Topic> = { [Each in Name]: { topic: Each; data: Topics[Each] } }[Name]

interface ServerMessage {
  type: 'snapshot' | 'delta' | 'unsubscribed' | 'error' | 'pong'
  topic?: string
  data?: Record<string, unknown>
  patch?: Record<string, unknown>
  code?: string
  message?: string
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Applies a JSON merge patch (RFC 7396). */
export function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const merged = new Map(Object.entries(isObject(target) ? target : {}))
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, merge(merged.get(name), value))
  }
  return Object.fromEntries(merged)
}

/** Why a connection has ended. Reconnecting helps unless the fault is the client's, or its session has ended. */
export interface Ended {
  code: number
  reason: string
}
const ofClient = [1003, 1007, 1008, 1009]
export const isFinal = ({ code }: Ended): boolean => code === 4002 || ofClient.includes(code)

export interface ConnectOptions<Name extends Topic> {
  url: string
  ticket: string
  topics: readonly Name[]
  onUpdate: (update: Update<Name>) => void
  /** A topic that the server refuses. */
  onRefused: (code: string, message: string) => void
  signal: AbortSignal
}

/** One connection to the live stream; resolves when it has ended. */
export function connect<Name extends Topic>(options: ConnectOptions<Name>): Promise<Ended> {
  const { url, ticket, topics, onUpdate, onRefused, signal } = options
  const states = new Map<string, unknown>()
  return new Promise((resolve) => {
    const socket = new WebSocket(url, ['live.v1', `ticket.${ticket}`])
    const close = () => socket.close()
    signal.addEventListener('abort', close, { once: true })
    socket.onopen = () => socket.send(JSON.stringify({ type: 'subscribe', topics }))
    socket.onclose = ({ code, reason }) => {
      signal.removeEventListener('abort', close)
      resolve({ code, reason })
    }
    socket.onmessage = ({ data }) => {
      const message: ServerMessage = JSON.parse(String(data))
      const { type, topic = '', code, message: text } = message
      if (type === 'error' || (type === 'unsubscribed' && code)) onRefused(code ?? 'INTERNAL', text ?? `no ${topic}`)
      if (type !== 'snapshot' && type !== 'delta') return
      const state = type === 'snapshot' ? message.data : merge(states.get(topic), message.patch)
      states.set(topic, state)
      // The daemon sends what its description says of the topic's route.
      onUpdate({ topic, data: state } as Update<Name>)
    }
  })
}
