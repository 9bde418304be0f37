import fp from 'fastify-plugin'
import { createStanding, type Standing } from '../../lib/auth/standing.ts'
import { OPERATOR } from '../../lib/auth/tenants.ts'
import type { Hub } from '../../lib/live/hub.ts'
import type { TopicOptions } from '../../lib/live/topic.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The live stream (docs/live-protocol.md). */
    live: {
      /** Call it before the daemon listens. */
      addTopic(topic: TopicOptions): void
      /** Loads the modules of the stream; await it before accepting a connection. */
      load(): Promise<Pick<Hub, 'serve'>>
      /** Serves a connection. Throws before `load`. */
      serve: Hub['serve']
      /** Number of connected clients. */
      count(): number
    }
  }
}

/** Pushes the host's samples to clients. Its modules are loaded with the first client. */
export default fp(
  async (app) => {
    const topics: TopicOptions[] = []
    let loading: Promise<Hub> | null = null
    let hub: Hub | null = null

    const { access, clock } = app
    const standing = createStanding({ access, clock, isBanned: app.banGate.isBanned, purpose: 'live' })
    const principalOf: Standing = (caller) => app.tenant.within(OPERATOR, () => standing(caller))

    const load = async () => {
      const { createHub } = await import('../../lib/live/hub.ts')
      hub = createHub({
        topics,
        principalOf,
        permission: 'system.view',
        keepSampling: app.sampling.reportViewer,
        onFault: (err) => app.log.error({ err }, 'a topic of the live stream could not be built')
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
  { name: 'live', dependencies: ['access', 'clock', 'ban-gate', 'sampling', 'tenant'] }
)
