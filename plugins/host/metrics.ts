import fp from 'fastify-plugin'
import { nodeNameOf } from '../../lib/host/vitals.ts'
import { createRequestCounts } from '../../lib/metrics/request-counts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    metrics: {
      /** All metrics in the text format that `accept` requests. */
      scrape(accept: string | undefined): Promise<{ contentType: string; text: string }>
    }
  }
}

/** Counts requests from the start on; everything else is loaded with the first scrape. */
export default fp(
  async (app) => {
    const requests = createRequestCounts()
    const unknown = requests.forRoute('*', 'unknown')
    app.addHook('onRoute', (route) => {
      const count = requests.forRoute([route.method].flat().join(), route.url)
      route.onResponse = [
        ...[route.onResponse ?? []].flat(),
        (_request, reply, done) => {
          count(reply.statusCode, reply.elapsedTime)
          done()
        }
      ]
    })
    app.addHook('onResponse', (request, reply, done) => {
      if (request.is404) unknown(reply.statusCode, reply.elapsedTime)
      done()
    })

    const startedAt = app.clock() - process.uptime() * 1000
    const stateOf = () => ({
      version: app.openapi.version,
      startedAt,
      requests,
      events: app.auditLog.counts(),
      banned: app.banGate.count(),
      terminals: app.terminal.count(),
      liveClients: app.live.count(),
      connectionsRefused: app.connectionLimit.refused(),
      auditFaults: app.auditLog.faults().length,
      samplingIsIdle: app.sampling.isIdle(),
      health: app.health.latest().status
    })

    const load = async () => {
      const [{ hostSources }, { createDaemonFamilies }, { expose }] = await Promise.all([
        import('../../lib/metrics/samples.ts'),
        import('../../lib/metrics/daemon.ts'),
        import('../../lib/metrics/exposition.ts')
      ])
      return { hostSources, expose, daemon: createDaemonFamilies() }
    }
    let loading: ReturnType<typeof load> | undefined

    app.decorate('metrics', {
      async scrape(accept) {
        loading ??= load()
        const { hostSources, expose, daemon } = await loading
        const samples = {
          vitals: app.vitals.latest(),
          network: app.sources.network.latest(),
          storage: app.sources.storage.latest(),
          proxmox: app.sources.proxmox.latest(),
          hardware: await app.hardware.sample(),
          node: nodeNameOf(app.vitals.latest())
        }
        const hostFamilies = hostSources.flatMap((source) => {
          try {
            return source(samples, app.clock())
          } catch (err) {
            app.log.error({ err }, 'a source of metrics failed')
            return []
          }
        })
        return expose([...hostFamilies, ...daemon.families(stateOf())], accept)
      }
    })
    app.addHook('onClose', async () => (await loading)?.daemon.stop())
  },
  {
    name: 'metrics',
    dependencies: [
      'audit-log',
      'ban-gate',
      'clock',
      'connection-limit',
      'hardware',
      'health',
      'live',
      'openapi',
      'sampling',
      'sources',
      'terminal',
      'vitals'
    ]
  }
)
