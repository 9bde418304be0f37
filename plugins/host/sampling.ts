import type { preHandlerHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { createSampling, type Sampling } from '../../lib/host/sampling.ts'
import { createPoolShare, type PoolShare } from '../../lib/host/source.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Reads the host in the background; requests read what it found. */
    sampling: Pick<Sampling, 'add' | 'onTick' | 'look' | 'isIdle'> & {
      /** What of libuv's pool all that is read so holds together. */
      share: PoolShare
    }
  }
}

export interface SamplingPluginOptions {
  /** Milliseconds of a clock that nobody sets. */
  monotonicNow?: () => number
}

const VIEWS = new Set<unknown>(['system.view', 'logs.view'])

/** The one timer behind all that is read of this host. */
export default fp<SamplingPluginOptions>(
  async (app, { monotonicNow }) => {
    const sampling = createSampling({
      now: app.clock,
      monotonicNow,
      onFault: (err) => app.log.error({ err }, 'a sample could not be taken further')
    })
    app.decorate('sampling', { ...sampling, share: createPoolShare() })
    const samplingPace: preHandlerHookHandler = (_request, _reply, done) => {
      sampling.look()
      done()
    }
    // Not for `system-info`: whoever may ask without a token does not set the pace.
    app.addHook('onRoute', (route) => {
      const access = route.config?.access
      if (typeof access !== 'object' || !('permission' in access) || 'ticket' in access) return
      if (!VIEWS.has(access.permission)) return
      route.preHandler = [...[route.preHandler ?? []].flat(), samplingPace]
    })
    app.addHook('onReady', async () => sampling.start())
    app.addHook('onClose', async () => sampling.stop())
  },
  { name: 'sampling', dependencies: ['clock'] }
)
