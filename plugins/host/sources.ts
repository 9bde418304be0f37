import fp from 'fastify-plugin'
import { createHostSources, type Host, type HostSources } from '../../lib/host/host-sources.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The background samples besides the vital signs; lib/host/host-sources.ts lists them. */
    sources: HostSources
  }
}

export type SourcesOptions = Pick<Host, 'programs' | 'hostDir' | 'network' | 'storage'>

export default fp<SourcesOptions>(
  async (app, { programs, hostDir, network, storage }) => {
    const { sources, close } = createHostSources(app.sampling, {
      programs,
      hostDir,
      network,
      storage,
      share: app.sampling.share,
      now: app.clock,
      proxmoxVersion: () => app.vitals.latest().proxmoxVersion
    })
    app.decorate('sources', sources)
    app.addHook('onClose', close)
  },
  { name: 'sources', dependencies: ['sampling', 'clock', 'vitals'] }
)
