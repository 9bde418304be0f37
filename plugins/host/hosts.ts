import { hostname } from 'node:os'
import fp from 'fastify-plugin'
import type { HostReport } from '../../lib/storage/stores/hosts.ts'
import type { HealthStatus } from '../../schemas/host/system.ts'

export interface ListedHost extends Omit<HostReport, 'health'> {
  health: HealthStatus | 'lost'
  isThis: boolean
}

declare module 'fastify' {
  interface FastifyInstance {
    hosts: {
      /** The replicas of this panel; of a single host only itself. */
      list(): Promise<ListedHost[]>
      /** Another replica; null for an unknown id and for this host. */
      findOther(id: string): Promise<HostReport | null>
    }
  }
}

export interface HostsOptions {
  version: string
}

const REPORT_EVERY_MS = 15_000
const LOST_AFTER_MS = 60_000
const FORGET_AFTER_MS = 30 * 24 * 3_600_000

/** Reports this host to the other replicas of its panel (contract 15). */
export default fp<HostsOptions>(
  async (app, { version }) => {
    const { hosts, hostId: id } = app.stores
    const { publicUrl: url } = app.config
    const name = hostname()
    const self = (): HostReport => ({
      id,
      name,
      url,
      version,
      health: app.health.latest().status,
      lastSeenAt: app.clock()
    })
    const list = async (): Promise<ListedHost[]> => {
      const now = app.clock()
      const known = hosts === null ? [] : await hosts.list()
      const others = known.filter((host) => host.id !== id && now - host.lastSeenAt <= FORGET_AFTER_MS)
      return [
        { ...self(), isThis: true },
        ...others.map((host) => ({
          ...host,
          health: now - host.lastSeenAt > LOST_AFTER_MS ? ('lost' as const) : host.health,
          isThis: false
        }))
      ].toSorted((a, b) => a.name.localeCompare(b.name))
    }
    app.decorate('hosts', {
      list,
      findOther: async (wanted) => (hosts === null || wanted === id ? null : hosts.find(wanted))
    })
    if (hosts === null) return
    let isLost = false
    const report = () =>
      hosts.report(self(), app.clock() - FORGET_AFTER_MS).then(
        () => {
          isLost = false
        },
        (err: unknown) => {
          if (!isLost) app.log.warn({ err }, 'this host could not be reported to the panel')
          isLost = true
        }
      )
    app.addHook('onReady', report)
    const timer = setInterval(report, REPORT_EVERY_MS).unref()
    app.addHook('onClose', async () => clearInterval(timer))
  },
  { name: 'hosts', dependencies: ['clock', 'config', 'health', 'stores'] }
)
