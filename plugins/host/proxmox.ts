import fp from 'fastify-plugin'
import { unavailable } from '../../lib/host/measurement.ts'
import type { Sample } from '../../lib/host/sampling.ts'
import { createLazyProgramReader, type HostPrograms } from '../../lib/programs/lazy-program-reader.ts'
import type { Resources } from '../../lib/proxmox/resources.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Guests, storages and nodes; `look` also keeps them fresh for who asks again and again. */
    proxmox: {
      latest(): Readonly<Sample<Resources>>
      look(): Readonly<Sample<Resources>>
      /** Differs where what they show, or its age while it is out of date, is another. */
      revision(): number
      /** Name of this node, were it one. */
      node(): string
    }
  }
}

// pvesh loads all of Proxmox's Perl, about a second of CPU each time: docs/decisions/0024.
const LOOKED_AT_EVERY_MS = 15_000
const EVERY_MS = 60_000
const IDLE_EVERY_MS = 300_000
/** Who looks asks again within so long. */
const LOOK_LASTS_MS = 20_000
const TIMEOUT_MS = 20_000
const KILLED_WITHIN_MS = 2000
/** A guest takes half a kilobyte. */
const MAX_BYTES = 4 * 1024 * 1024

/** What Proxmox VE says of its cluster. On other hosts it costs nothing. */
export default fp<HostPrograms>(
  async (app, { programs = {} }) => {
    let lookedAt = Number.NEGATIVE_INFINITY
    const { pvesh: file = 'pvesh', timeoutMs = TIMEOUT_MS } = programs
    const reader = createLazyProgramReader({ file, timeoutMs, maxBytes: MAX_BYTES, niceness: 10 }, async (run) => {
      const { createProxmox } = await import('../../lib/proxmox/client.ts')
      return createProxmox({ run })
    })
    const source = app.sampling.add({
      what: 'Proxmox VE',
      everyMs: () => (performance.now() - lookedAt < LOOK_LASTS_MS ? LOOKED_AT_EVERY_MS : EVERY_MS),
      idleEveryMs: IDLE_EVERY_MS,
      timeoutMs: timeoutMs + KILLED_WITHIN_MS,
      async read() {
        const { value, reason } = app.vitals.latest().proxmoxVersion
        return value === null ? unavailable(reason) : reader.read()
      }
    })
    app.decorate('proxmox', {
      latest: source.latest,
      revision: source.revision,
      look() {
        lookedAt = performance.now()
        return source.latest()
      },
      node: () => app.vitals.latest().hostname.split('.', 1)[0]!
    })
    app.addHook('onClose', reader.close)
  },
  { name: 'proxmox', dependencies: ['sampling', 'vitals'] }
)
