import fp from 'fastify-plugin'
import { createVitals, type VitalsOptions, type VitalsSampler } from '../lib/host/sampler.ts'

declare module 'fastify' {
  interface FastifyInstance {
    vitals: VitalsSampler
  }
}

export type { VitalsOptions }

export default fp<VitalsOptions>(
  async (app, options) => {
    const vitals = createVitals(options)
    app.decorate('vitals', vitals)
    // Not at registration: an app that is only built, to list its routes, samples nothing.
    app.addHook('onReady', async () => {
      await vitals.start()
    })
    app.addHook('onClose', async () => vitals.stop())
  },
  { name: 'vitals' }
)
