import fp from 'fastify-plugin'
import { ok } from '../../lib/host/measurement.ts'
import { createVitals, ROUND_MS, type VitalsOptions, type VitalsSampler } from '../../lib/host/sampler.ts'

declare module 'fastify' {
  interface FastifyInstance {
    vitals: VitalsSampler
  }
}

export type { VitalsOptions }

const IDLE_EVERY_MS = 5000

export default fp<VitalsOptions>(
  async (app, options) => {
    const vitals = createVitals({ share: app.sampling.share, ...options })
    app.decorate('vitals', vitals)
    app.sampling.add({
      name: 'the vital signs',
      everyMs: ROUND_MS,
      idleEveryMs: IDLE_EVERY_MS,
      read: async ({ elapsedMs }) => {
        await vitals.sample(Math.max(1, Math.round(elapsedMs / ROUND_MS)))
        return ok(null)
      }
    })
    // Not at registration: an app built only to list its routes must not sample.
    app.addHook('onReady', async () => {
      await vitals.start()
    })
    app.addHook('onClose', async () => vitals.stop())
  },
  { name: 'vitals', dependencies: ['sampling'] }
)
