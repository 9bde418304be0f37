import fp from 'fastify-plugin'
import { unavailable } from '../../lib/host/measurement.ts'
import type { Sample, Source } from '../../lib/host/sampling.ts'
import { createLazyProgramReader, type HostPrograms } from '../../lib/programs/lazy-program-reader.ts'
import type { Updates } from '../../lib/updates/apt.ts'

declare module 'fastify' {
  interface FastifyInstance {
    updates: { latest(): Readonly<Sample<Updates>> }
  }
}

const EVERY_MS = 300_000
const IDLE_EVERY_MS = 900_000
/** apt reads for some seconds, and a host that boots has better to do. */
const FIRST_AFTER_MS = 30_000
// 2 to 3 s of CPU; on a host that has other work, being nice makes that minutes.
const TIMEOUT_MS = 120_000
const KILLED_WITHIN_MS = 2000
/** A release upgrade of 5,000 packages takes half a megabyte. */
const MAX_BYTES = 4 * 1024 * 1024

/** Package updates that wait on this host. */
export default fp<HostPrograms>(
  async (app, { programs = {}, hostDir }) => {
    const { aptGet: file = 'apt-get', timeoutMs = TIMEOUT_MS } = programs
    const reader = createLazyProgramReader({ file, timeoutMs, maxBytes: MAX_BYTES, niceness: 10 }, async (run) => {
      const { createUpdates } = await import('../../lib/updates/apt.ts')
      return createUpdates({ run, hostDir })
    })
    const source: Source<Updates> = app.sampling.add({
      what: 'apt',
      everyMs: () => (source.revision() < 2 ? FIRST_AFTER_MS : EVERY_MS),
      idleEveryMs: IDLE_EVERY_MS,
      timeoutMs: timeoutMs + KILLED_WITHIN_MS,
      read: async () =>
        source.revision() === 0 ? unavailable('pending package updates are not counted yet') : reader.read()
    })
    app.decorate('updates', { latest: source.latest })
    app.addHook('onClose', reader.close)
  },
  { name: 'updates', dependencies: ['sampling'] }
)
