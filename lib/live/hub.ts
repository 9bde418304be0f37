import type { Permission } from '../../schemas/auth/permission.ts'
import { hasPermission } from '../auth/authenticate.ts'
import type { Connected, Standing } from '../auth/standing.ts'
import { CLOSE, createLiveClient, type LiveClient, type LiveSocket } from './client.ts'
import { MAX_CONNECTIONS, MAX_PER_SESSION, MAX_PER_USER } from './limits.ts'
import { createTopic, type Topic, type TopicOptions } from './topic.ts'

/** The user at the other end of a connection. */
export interface LiveCaller extends Connected {
  userId: number
}

export interface HubOptions {
  topics: readonly TopicOptions[]
  /** The principal of a caller now; null once the session has ended, or account or address are no longer allowed. */
  principalOf: Standing
  /** The permission that every connection needs. */
  permission: Permission
  /** Keeps sampling at the full rate. */
  keepSampling: () => void
  onFault: (error: unknown) => void
  monotonicNow?: () => number
}

/** All clients of the live stream, and the topics they follow. */
export function createHub({ topics, principalOf, permission, keepSampling, onFault, ...clock }: HubOptions) {
  const { monotonicNow = performance.now.bind(performance) } = clock
  const byName = new Map<string, Topic>(topics.map((topic) => [topic.name, createTopic(topic, onFault)]))
  const clients = new Map<LiveClient, LiveCaller>()

  const count = (matches: (caller: LiveCaller) => boolean) => [...clients.values()].filter(matches).length
  const limitReached = (caller: LiveCaller): string | null => {
    if (clients.size >= MAX_CONNECTIONS) return `this host already has ${MAX_CONNECTIONS} connections, the limit`
    if (count(({ userId }) => userId === caller.userId) >= MAX_PER_USER)
      return `you have ${MAX_PER_USER} connections already`
    const { session } = caller
    const isFull = session !== null && count((other) => other.session?.sid === session.sid) >= MAX_PER_SESSION
    return isFull ? `this session has ${MAX_PER_SESSION} connections already` : null
  }

  return {
    count: () => clients.size,

    /** Serves a connection. Call it before the first message can arrive. */
    serve(socket: LiveSocket, caller: LiveCaller): void {
      const fault = limitReached(caller)
      if (fault !== null) {
        socket.close(CLOSE.tooMany, fault)
        return
      }
      const may = (wanted: Permission) => {
        const principal = principalOf(caller)
        return principal !== null && hasPermission(principal, wanted)
      }
      const client = createLiveClient({ socket, topics: byName, may, onFollow: keepSampling, monotonicNow })
      clients.set(client, caller)
      socket.on('close', () => clients.delete(client))
    },

    /** Call after every sampling tick. Closes connections that lost their access and sends new data to the others. */
    publish(): void {
      if (clients.size === 0) return
      for (const [client, caller] of clients) {
        const principal = principalOf(caller)
        if (principal && hasPermission(principal, permission)) client.check()
        else client.close(CLOSE.accessGone, 'the session has ended or the permission was revoked')
      }
      const followed = [...byName.values()].filter((topic) => topic.isFollowed())
      if (followed.length > 0) keepSampling()
      for (const topic of followed) topic.refresh()
      for (const client of clients.keys()) client.flush()
    }
  }
}
export type Hub = ReturnType<typeof createHub>
