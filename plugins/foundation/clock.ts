import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** The present time in milliseconds since the epoch. */
    clock: () => number
  }
}

export interface ClockOptions {
  now?: () => number
}

export default fp<ClockOptions>(
  async (app, { now = Date.now }) => {
    app.decorate('clock', now)
  },
  { name: 'clock' }
)
