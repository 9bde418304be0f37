import type { Permission } from '../../schemas/auth/permission.ts'
import { hasPermission, type Principal } from '../auth/authenticate.ts'
import type { Session } from '../storage/stores/sessions.ts'
import { CLOSE, createLiveClient, type LiveClient, type LiveSocket } from './client.ts'
import { IN_ALL, PER_SESSION, PER_USER } from './limits.ts'
import { createTopic, type Topic, type TopicOptions } from './topic.ts'

/** Who is at the other end of a connection. */
export interface LiveCaller {
  /** Null where no password protects the host. */
  session: Session | null
  userId: number
  address: string
}

export interface HubOptions {
  topics: readonly TopicOptions[]
  /** Whom a caller stands for now; null once session, account or address are good no more. */
  present: (caller: LiveCaller) => Principal | null
  /** What everybody connected must have. */
  permission: Permission
  /** Keeps sampling at its full rate. */
  look: () => void
  onFault: (error: unknown) => void
  monotonicNow?: () => number
}

/** All clients of the live stream, and the topics they follow. */
export function createHub({ topics, present, permission, look, onFault, ...clock }: HubOptions) {
  const { monotonicNow = performance.now.bind(performance) } = clock
  const byName = new Map<string, Topic>(topics.map((topic) => [topic.name, createTopic(topic, onFault)]))
  const clients = new Map<LiveClient, LiveCaller>()

  const count = (matches: (caller: LiveCaller) => boolean) => [...clients.values()].filter(matches).length
  const faultOf = (caller: LiveCaller): string | null => {
    if (clients.size >= IN_ALL) return `there are ${IN_ALL} connections already`
    if (count(({ userId }) => userId === caller.userId) >= PER_USER) return `you have ${PER_USER} connections already`
    const { session } = caller
    const isFull = session !== null && count((other) => other.session?.sid === session.sid) >= PER_SESSION
    return isFull ? `this session has ${PER_SESSION} connections already` : null
  }

  return {
    count: () => clients.size,

    /** To be called before a connection's first message can come. */
    serve(socket: LiveSocket, caller: LiveCaller): void {
      const fault = faultOf(caller)
      if (fault !== null) {
        socket.close(CLOSE.tooMany, fault)
        return
      }
      const may = (wanted: Permission) => {
        const principal = present(caller)
        return principal !== null && hasPermission(principal, wanted)
      }
      const client = createLiveClient({ socket, topics: byName, may, onFollow: look, monotonicNow })
      clients.set(client, caller)
      socket.on('close', () => clients.delete(client))
    },

    /** After every tick of sampling: who may go on, and what is new. */
    publish(): void {
      if (clients.size === 0) return
      for (const [client, caller] of clients) {
        const principal = present(caller)
        if (principal && hasPermission(principal, permission)) client.check()
        else client.close(CLOSE.accessGone, 'session or permission are gone')
      }
      const followed = [...byName.values()].filter((topic) => topic.isFollowed())
      if (followed.length > 0) look()
      for (const topic of followed) topic.refresh()
      for (const client of clients.keys()) client.flush()
    }
  }
}
export type Hub = ReturnType<typeof createHub>
