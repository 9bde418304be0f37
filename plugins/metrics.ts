import fp from 'fastify-plugin'
import type { MetricFamily } from '../lib/metrics/family.ts'
import { createRequestCounts } from '../lib/metrics/request-counts.ts'

type HostFamilies = typeof import('../lib/metrics/host.ts')

declare module 'fastify' {
  interface FastifyInstance {
    metrics: {
      /** Adds what is told at each scrape: read from samples, made by lib/metrics/host.ts, which is loaded by then. */
      add(source: (host: HostFamilies) => MetricFamily[]): void
      /** All there is to tell, in the text format that `accept` asks for. */
      scrape(accept: string | undefined): Promise<{ contentType: string; text: string }>
    }
  }
}

/** Counts from the start on; all else is loaded at the first scrape. */
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
    const sources: Parameters<typeof app.metrics.add>[0][] = [
      (host) => host.vitalsFamilies(app.vitals.latest(), app.clock()),
      (host) => host.ageFamilies({ vitals: app.vitals.latest().sampledAt }, app.clock())
    ]
    const stateOf = () => ({
      version: app.openapi.version,
      startedAt,
      requests,
      events: app.auditLog.counts(),
      banned: app.banGate.count(),
      terminals: app.terminals.count(),
      liveClients: app.live.count(),
      auditFaults: app.auditLog.faults().length,
      samplingIsIdle: app.sampling.isIdle(),
      health: app.vitals.health().status
    })

    const load = async () => {
      const [host, { createDaemonFamilies }, { expose }] = await Promise.all([
        import('../lib/metrics/host.ts'),
        import('../lib/metrics/daemon.ts'),
        import('../lib/metrics/exposition.ts')
      ])
      return { host, expose, daemon: createDaemonFamilies() }
    }
    let loading: ReturnType<typeof load> | undefined

    app.decorate('metrics', {
      add: (source) => void sources.push(source),
      async scrape(accept) {
        loading ??= load()
        const { host, expose, daemon } = await loading
        const told = sources.flatMap((source) => {
          try {
            return source(host)
          } catch (err) {
            app.log.error({ err }, 'a source of metrics fails')
            return []
          }
        })
        return expose([...told, ...daemon.families(stateOf())], accept)
      }
    })
    app.addHook('onClose', async () => (await loading)?.daemon.stop())
  },
  {
    name: 'metrics',
    dependencies: ['audit-log', 'ban-gate', 'clock', 'live', 'openapi', 'sampling', 'terminals', 'vitals']
  }
)
