import { access } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import fp from 'fastify-plugin'
import type { ProxmoxPrograms } from '../../lib/gateway/commands.ts'
import type { createGateway } from '../../lib/gateway/gateway.ts'
import { type Gateway, RECORD_FILE } from '../../lib/gateway/types.ts'

import { ok } from '../../lib/host/measurement.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The Secure Gateway of this host (contract 16). */
    gateway: {
      /** Why this host cannot have a gateway; null on Proxmox VE. */
      unavailable(): string | null
      /** Loads its modules, which most hosts never need. */
      load(): Promise<Gateway>
    }
  }
}

export interface GatewayPluginOptions {
  programs?: ProxmoxPrograms
  /** The name of this node of Proxmox VE. Without a value the host name without its domain, as Proxmox VE has it. */
  node?: string
}

const SECOND = 1000
/** Reading the state starts programs of Proxmox VE, which take half a second of processor time each. */
const WATCHED_LASTS = 60 * SECOND
const UNWATCHED_EVERY = 300 * SECOND

/** Deploys and watches the Secure Gateway. */
export default fp<GatewayPluginOptions>(
  async (app, { programs = {}, node = hostname().split('.')[0]! }) => {
    const { stateDir } = app.config
    let loading: Promise<ReturnType<typeof createGateway>> | undefined
    let loaded: ReturnType<typeof createGateway> | undefined
    let watchedAt = Number.NEGATIVE_INFINITY
    let readAt = Number.NEGATIVE_INFINITY

    const open = async () => {
      const { createGateway } = await import('../../lib/gateway/gateway.ts')
      const { openRecord } = await import('../../lib/gateway/record.ts')
      loaded = createGateway({
        record: await openRecord(stateDir),
        node,
        programs,
        now: app.clock,
        onEnd({ id, kind, state, error }) {
          if (error === null) app.log.info({ job: id, kind, state }, 'a job of the Secure Gateway has ended')
          else app.log.warn({ job: id, kind, state, error }, 'a job of the Secure Gateway has failed')
        },
        onFault: (err) => app.log.error({ err }, 'the Secure Gateway failed')
      })
      // Not awaited: an undo takes as long as Proxmox VE does.
      loaded.start().catch((err) => app.log.error({ err }, 'an interrupted job of the Secure Gateway is not finished'))
      return loaded
    }
    const load = () => {
      watchedAt = performance.now()
      loading ??= open()
      return loading
    }

    const loadInBackground = () =>
      void load().catch((err) => app.log.error({ err }, 'the Secure Gateway cannot be loaded'))
    const unavailable = () => {
      const { reason } = app.vitals.latest().proxmoxVersion
      return reason === null ? null : `the Secure Gateway needs Proxmox VE: ${reason}`
    }

    app.decorate('gateway', { unavailable, load })
    app.live.addTopic({
      name: 'gateway',
      permission: 'gateway.manage',
      snapshot: () => ({ success: true, ...loaded?.status() }),
      revision: () => loaded?.revision() ?? -1,
      keepFresh: () => {
        if (unavailable() === null) loadInBackground()
      }
    })
    app.sampling.add({
      name: 'the Secure Gateway',
      everyMs: 15 * SECOND,
      timeoutMs: 120 * SECOND,
      async read() {
        const now = performance.now()
        if (loaded && (now - watchedAt < WATCHED_LASTS || now - readAt > UNWATCHED_EVERY)) {
          readAt = now
          await loaded.refresh()
        }
        return ok(null)
      }
    })
    app.addHook('onReady', async () => {
      const hasRecord = await access(join(stateDir, RECORD_FILE)).then(
        () => true,
        () => false
      )
      // Not awaited: Proxmox VE may be slow, and the daemon must start without it.
      if (hasRecord) loadInBackground()
    })
    app.addHook('onClose', async () => loaded?.close())
  },
  { name: 'gateway', dependencies: ['config', 'clock', 'vitals', 'live', 'sampling'] }
)
