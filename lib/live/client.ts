import { Compile } from 'typebox/schema'
import type { WebSocket } from 'ws'
import type { Permission } from '../../schemas/auth/permission.ts'
import { type LiveMessage, LiveMessageSchema } from '../../schemas/web/live.ts'
import { parseObject } from '../storage/json-object.ts'
import { MAX_UNSENT, MESSAGES_PER_S, MUCH_UNSENT } from './limits.ts'
import type { Topic } from './topic.ts'

export const CLOSE = { unsupported: 1003, rule: 1008, tooMany: 1013, accessGone: 4002 } as const

export type LiveSocket = Pick<WebSocket, 'send' | 'ping' | 'close' | 'terminate' | 'on' | 'bufferedAmount'>

export interface LiveClientOptions {
  socket: LiveSocket
  topics: ReadonlyMap<string, Topic>
  /** Whether its user may follow what needs this permission, now. */
  may: (permission: Permission) => boolean
  /** A topic was taken up. */
  onFollow: () => void
  /** Milliseconds of a clock that nobody sets. */
  monotonicNow: () => number
}

const validator = Compile(LiveMessageSchema)
/** The payload of our pings: the answer says that all before it was read. */
const PROBE = Buffer.from('live')

function readMessage(text: string): LiveMessage | string | null {
  const message = parseObject(text)
  if (message === null) return null
  return validator.Check(message) ? message : 'this is no message of this protocol'
}

/** One connection by `live.v1` (docs/live-protocol.md): what it follows, and how far it is. */
export function createLiveClient({ socket, topics, may, onFollow, monotonicNow }: LiveClientOptions) {
  /** By topic: the number of the last message sent, or 0. */
  const following = new Map<Topic, number>()
  /** A ping of ours is not answered: what was sent before it may not be read yet. */
  let isBehind = false
  let isOver = false
  let second = 0
  let messages = 0

  const close = (code: number, reason: string) => {
    if (isOver) return
    isOver = true
    forgetAll()
    socket.close(code, reason)
  }
  const tell = (message: object) => {
    if (socket.bufferedAmount > MAX_UNSENT) socket.terminate()
    else socket.send(JSON.stringify(message))
  }
  const forget = (topic: Topic) => {
    if (following.delete(topic)) topic.unfollow()
  }
  const forgetAll = () => {
    for (const topic of following.keys()) forget(topic)
  }

  /** Sends what is new. Whoever has not read the last of it gets no more: later, the newest in its place. */
  function flush(): void {
    if (isOver || isBehind || socket.bufferedAmount > MUCH_UNSENT) return
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
    if (topic === undefined) return tell({ type: 'error', code: 'NOT_FOUND', topic: name, message: 'no such topic' })
    if (!may(topic.permission)) {
      const message = `this needs the permission ${topic.permission}`
      return tell({ type: 'error', code: 'PERMISSION', topic: name, message })
    }
    if (!following.has(topic)) topic.follow()
    following.set(topic, 0)
    onFollow()
  }

  const unsubscribe = (name: string) => {
    const topic = topics.get(name)
    if (topic) forget(topic)
    tell({ type: 'unsubscribed', topic: name })
  }

  const isTooMany = (): boolean => {
    const now = Math.floor(monotonicNow() / 1000)
    messages = now === second ? messages + 1 : 1
    second = now
    return messages > MESSAGES_PER_S
  }

  socket.on('message', (data: unknown, isBinary: boolean) => {
    if (isOver) return
    if (isTooMany()) return close(CLOSE.rule, `more than ${MESSAGES_PER_S} messages in a second`)
    const message = isBinary ? null : readMessage(String(data))
    if (message === null) close(CLOSE.unsupported, 'messages are JSON objects')
    else if (typeof message === 'string') tell({ type: 'error', code: 'VALIDATION', message })
    else if (message.type === 'ping') tell({ type: 'pong' })
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
    forgetAll()
  })

  return {
    flush,
    close,
    /** Ends what its user may follow no more. */
    check(): void {
      for (const topic of following.keys()) {
        if (may(topic.permission)) continue
        forget(topic)
        tell({ type: 'unsubscribed', topic: topic.name, code: 'PERMISSION' })
      }
    }
  }
}
export type LiveClient = ReturnType<typeof createLiveClient>
