import fp from 'fastify-plugin'
import type { FailedUnit } from '../../lib/host/failed-units.ts'
import type { Sample } from '../../lib/host/sampling.ts'
import { createLazyProgramReader, type HostPrograms } from '../../lib/programs/lazy-program-reader.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Services and other units of systemd that have failed. */
    units: { latest(): Readonly<Sample<FailedUnit[]>> }
  }
}

const EVERY_MS = 60_000
const TIMEOUT_MS = 10_000
const KILLED_WITHIN_MS = 2000
const MAX_BYTES = 1024 * 1024

export default fp<HostPrograms>(
  async (app, { programs = {}, hostDir }) => {
    const { systemctl: file = 'systemctl', timeoutMs = TIMEOUT_MS } = programs
    const reader = createLazyProgramReader({ file, timeoutMs, maxBytes: MAX_BYTES }, async (run) => {
      const { createFailedUnits } = await import('../../lib/host/failed-units.ts')
      return createFailedUnits({ run, hostDir })
    })
    const { latest } = app.sampling.add({
      what: 'systemd',
      everyMs: EVERY_MS,
      timeoutMs: timeoutMs + KILLED_WITHIN_MS,
      read: reader.read
    })
    app.decorate('units', { latest })
    app.addHook('onClose', reader.close)
  },
  { name: 'units', dependencies: ['sampling'] }
)
