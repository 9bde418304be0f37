import fp from 'fastify-plugin'
import { createHostSources, type Host, type HostSources } from '../../lib/host/host-sources.ts'
import { locations } from '../../lib/startup/locations.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The background samples besides the vital signs; lib/host/host-sources.ts lists them. */
    sources: HostSources
  }
}

export interface SourcesOptions extends Pick<Host, 'programs' | 'hostDir' | 'network' | 'storage'> {
  /** The version of this daemon. */
  version: string
  /** The folder of this daemon's package.json; for tests. */
  programDir?: string
}

export default fp<SourcesOptions>(
  async (app, { programs, hostDir, network, storage, version, programDir = locations.root }) => {
    const { sources, close } = createHostSources(app.sampling, {
      programs,
      hostDir,
      network,
      storage,
      running: { programDir, version },
      share: app.sampling.share,
      now: app.clock,
      proxmoxVersion: () => app.vitals.latest().proxmoxVersion
    })
    app.decorate('sources', sources)
    app.addHook('onClose', close)
  },
  { name: 'sources', dependencies: ['sampling', 'clock', 'vitals'] }
)
