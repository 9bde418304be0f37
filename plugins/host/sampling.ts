import type { preHandlerHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { createSampling, type Sampling } from '../../lib/host/sampling.ts'
import { createPoolShare, type PoolShare } from '../../lib/host/source.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Samples the host in the background; requests read the samples. */
    sampling: Pick<Sampling, 'add' | 'onTick' | 'reportViewer' | 'isIdle'> & {
      /** The threads of libuv's pool that all background reads may use together. */
      share: PoolShare
    }
  }
}

export interface SamplingPluginOptions {
  /** The monotonic clock, in milliseconds. */
  monotonicNow?: () => number
}

const VIEWS = new Set<unknown>(['system.view', 'logs.view', 'gateway.manage'])

/** The single timer for all sampling of this host. */
export default fp<SamplingPluginOptions>(
  async (app, { monotonicNow }) => {
    const sampling = createSampling({
      now: app.clock,
      monotonicNow,
      onFault: (err) => app.log.error({ err }, 'a listener for samples failed')
    })
    app.decorate('sampling', { ...sampling, share: createPoolShare() })
    const samplingPace: preHandlerHookHandler = (_request, _reply, done) => {
      sampling.reportViewer()
      done()
    }
    // Not for `system-info`: callers without a token must not raise the sampling rate.
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
