import { Compile } from 'typebox/schema'
import type { WebSocket } from 'ws'
import type { Permission } from '../../schemas/auth/permission.ts'
import { type LiveMessage, LiveMessageSchema } from '../../schemas/web/live.ts'
import { parseObject } from '../storage/json-object.ts'
import { MAX_UNSENT, MESSAGES_PER_S, UNSENT_HIGH_WATERMARK } from './limits.ts'
import type { Topic } from './topic.ts'

export const CLOSE = { unsupported: 1003, rule: 1008, tooMany: 1013, accessGone: 4002 } as const

export type LiveSocket = Pick<WebSocket, 'send' | 'ping' | 'close' | 'terminate' | 'on' | 'bufferedAmount'>

export interface LiveClientOptions {
  socket: LiveSocket
  topics: ReadonlyMap<string, Topic>
  /** True if the user has this permission now. */
  may: (permission: Permission) => boolean
  /** Called when a topic is subscribed. */
  onFollow: () => void
  /** Monotonic clock, milliseconds. */
  monotonicNow: () => number
}

const validator = Compile(LiveMessageSchema)
/** Payload of our pings. The pong proves that the client has read everything sent before. */
const PROBE = Buffer.from('live')

function readMessage(text: string): LiveMessage | string | null {
  const message = parseObject(text)
  if (message === null) return null
  return validator.Check(message) ? message : 'the message does not match the protocol'
}

/** One `live.v1` connection (docs/live-protocol.md): its topics, and the last message sent of each. */
export function createLiveClient({ socket, topics, may, onFollow, monotonicNow }: LiveClientOptions) {
  /** For each topic the sequence number of the last message sent, or 0. */
  const following = new Map<Topic, number>()
  /** True while our ping is unanswered: the client may not have read the messages before it. */
  let isBehind = false
  let isOver = false
  let second = 0
  let messages = 0

  const close = (code: number, reason: string) => {
    if (isOver) return
    isOver = true
    unfollowAll()
    socket.close(code, reason)
  }
  const send = (message: object) => {
    if (socket.bufferedAmount > MAX_UNSENT) socket.terminate()
    else socket.send(JSON.stringify(message))
  }
  const unfollow = (topic: Topic) => {
    if (following.delete(topic)) topic.unfollow()
  }
  const unfollowAll = () => {
    for (const topic of following.keys()) unfollow(topic)
  }

  /**
   * Sends new messages. A client that has not read the last ones is skipped; later it gets the newest state instead.
   */
  function flush(): void {
    if (isOver || isBehind || socket.bufferedAmount > UNSENT_HIGH_WATERMARK) return
    for (const [topic, sent] of following) {
      const seq = topic.seq()
      if (sent === seq) continue
      socket.send(topic.messageAfter(sent), { binary: false })
      following.set(topic, seq)
      isBehind = true
    }
    if (isBehind) socket.ping(PROBE)
  }

  const subscribe = (name: string) => {
    const topic = topics.get(name)
    if (topic === undefined) return send({ type: 'error', code: 'NOT_FOUND', topic: name, message: 'no such topic' })
    if (!may(topic.permission)) {
      const message = `this needs the permission ${topic.permission}`
      return send({ type: 'error', code: 'PERMISSION', topic: name, message })
    }
    if (!following.has(topic)) topic.follow()
    following.set(topic, 0)
    onFollow()
  }

  const unsubscribe = (name: string) => {
    const topic = topics.get(name)
    if (topic) unfollow(topic)
    send({ type: 'unsubscribed', topic: name })
  }

  const exceedsRate = (): boolean => {
    const now = Math.floor(monotonicNow() / 1000)
    messages = now === second ? messages + 1 : 1
    second = now
    return messages > MESSAGES_PER_S
  }

  socket.on('message', (data: unknown, isBinary: boolean) => {
    if (isOver) return
    if (exceedsRate()) return close(CLOSE.rule, `more than ${MESSAGES_PER_S} messages in a second`)
    const message = isBinary ? null : readMessage(String(data))
    if (message === null) close(CLOSE.unsupported, 'messages must be JSON objects')
    else if (typeof message === 'string') send({ type: 'error', code: 'VALIDATION', message })
    else if (message.type === 'ping') send({ type: 'pong' })
    else {
      for (const name of new Set(message.topics)) message.type === 'subscribe' ? subscribe(name) : unsubscribe(name)
      flush()
    }
  })
  socket.on('pong', (payload: Buffer) => {
    if (!PROBE.equals(payload)) return
    isBehind = false
    flush()
  })
  socket.on('close', () => {
    isOver = true
    unfollowAll()
  })

  return {
    flush,
    close,
    /** Unsubscribes the topics that the user lost the permission for. */
    check(): void {
      for (const topic of following.keys()) {
        if (may(topic.permission)) continue
        unfollow(topic)
        send({ type: 'unsubscribed', topic: topic.name, code: 'PERMISSION' })
      }
    }
  }
}
export type LiveClient = ReturnType<typeof createLiveClient>
