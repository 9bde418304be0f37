import fp from 'fastify-plugin'
import type { Sample } from '../../lib/host/sampling.ts'
import type { TimeSync } from '../../lib/host/time-sync.ts'
import { createLazyProgramReader, type HostPrograms } from '../../lib/programs/lazy-program-reader.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether this host's clock is synchronised. */
    timeSync: { latest(): Readonly<Sample<TimeSync>> }
  }
}

const EVERY_MS = 120_000
const IDLE_EVERY_MS = 600_000
const TIMEOUT_MS = 10_000
const KILLED_WITHIN_MS = 2000
const MAX_BYTES = 4096

export default fp<HostPrograms>(
  async (app, { programs = {}, hostDir }) => {
    const { timedatectl: file = 'timedatectl', timeoutMs = TIMEOUT_MS } = programs
    const reader = createLazyProgramReader({ file, timeoutMs, maxBytes: MAX_BYTES }, async (run) => {
      const { createTimeSync } = await import('../../lib/host/time-sync.ts')
      return createTimeSync({ run, hostDir })
    })
    const { latest } = app.sampling.add({
      what: 'the state of the clock',
      everyMs: EVERY_MS,
      idleEveryMs: IDLE_EVERY_MS,
      timeoutMs: timeoutMs + KILLED_WITHIN_MS,
      read: reader.read
    })
    app.decorate('timeSync', { latest })
    app.addHook('onClose', reader.close)
  },
  { name: 'time-sync', dependencies: ['sampling'] }
)
