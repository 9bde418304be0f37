import fp from 'fastify-plugin'
import { presentPrincipal } from '../../lib/auth/authenticate.ts'
import type { Hub, HubOptions } from '../../lib/live/hub.ts'
import type { TopicOptions } from '../../lib/live/topic.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The live stream (docs/live-protocol.md). */
    live: {
      /** Before the daemon listens. */
      addTopic(topic: TopicOptions): void
      /** Loads what a connection needs; to be awaited before one is accepted. */
      load(): Promise<Pick<Hub, 'serve'>>
      /** Serves a connection. Throws before `load`. */
      serve: Hub['serve']
      /** Clients connected. */
      count(): number
    }
  }
}

/** What this host does, pushed as it is sampled. All it needs is loaded when the first client comes. */
export default fp(
  async (app) => {
    const topics: TopicOptions[] = []
    let loading: Promise<Hub> | null = null
    let hub: Hub | null = null

    const principalOf: HubOptions['principalOf'] = ({ session, address }) =>
      app.banGate.isBanned(address)
        ? null
        : presentPrincipal(session, app.authStore.snapshot(), app.sessions, app.clock(), 'live')

    const load = async () => {
      const { createHub } = await import('../../lib/live/hub.ts')
      hub = createHub({
        topics,
        principalOf,
        permission: 'system.view',
        keepSampling: app.sampling.look,
        onFault: (err) => app.log.error({ err }, 'a topic of the live stream cannot be made')
      })
      return hub
    }

    app.decorate('live', {
      addTopic: (topic) => void topics.push(topic),
      load: () => {
        loading ??= load()
        return loading
      },
      serve: (...connection) => hub!.serve(...connection),
      count: () => hub?.count() ?? 0
    })
    app.sampling.onTick(() => hub?.publish())
  },
  { name: 'live', dependencies: ['auth-store', 'sessions', 'clock', 'ban-gate', 'sampling'] }
)
