import fp from 'fastify-plugin'
import { hasPermission, presentPrincipal } from '../../lib/auth/authenticate.ts'
import type { Caller, RegistryOptions } from '../../lib/terminal/registry.ts'
import type { Terminals } from '../../lib/terminal/terminals.ts'

declare module 'fastify' {
  interface FastifyInstance {
    terminals: {
      /** Loads what a terminal needs; to be awaited before a connection is accepted. */
      load(): Promise<Pick<Terminals, 'serve'>>
      /** Serves a connection. Throws before `load`. */
      serve: Terminals['serve']
      /** Those a caller may see. */
      list(caller: Caller): ReturnType<Terminals['list']>
      count(): number
      /** Whose a terminal is; null when there is none. */
      holderOf(id: string): Caller | null
      /** Ends a terminal from outside. Resolves when its processes are gone. */
      end(id: string): Promise<void>
    }
  }
}

/** The shells of this host. All they need is loaded when the first one is opened. */
export default fp(
  async (app) => {
    let loading: Promise<Terminals> | null = null
    let loaded: Terminals | null = null
    let closing = false

    const may: RegistryOptions['may'] = ({ session, address }, permission) => {
      const principal = presentPrincipal(session, app.authStore.snapshot(), app.sessions, app.clock(), 'terminal')
      return principal !== null && hasPermission(principal, permission) && !app.banGate.isBanned(address)
    }

    const events = {
      opened: app.auditLog.terminalOpened,
      closed: app.auditLog.terminalClosed,
      takenOver: app.auditLog.terminalTakenOver,
      watched: app.auditLog.terminalWatched
    }

    const load = async () => {
      const { createTerminals } = await import('../../lib/terminal/terminals.ts')
      loaded = createTerminals({
        may,
        clock: app.clock,
        uid: process.getuid!(),
        shell: app.config.shell,
        idleMs: app.config.terminalIdle * 1000,
        record: app.recordings.start,
        onEvent: (event, { address, username }, id) => events[event]({ address, user: username, target: id }),
        onFault: (err) => app.log.error({ err }, 'a terminal failed'),
        onSurvivors: (id, pids) => app.log.warn({ id, pids }, 'processes of a terminal go on after its end')
      })
      if (closing) await loaded.close()
      return loaded
    }

    app.decorate('terminals', {
      load: () => {
        loading ??= load()
        return loading
      },
      serve: (...connection) => loaded!.serve(...connection),
      list: (caller) => loaded?.list(caller) ?? [],
      count: () => loaded?.count() ?? 0,
      holderOf: (id) => loaded?.holderOf(id) ?? null,
      async end(id) {
        await loaded?.end(id)
      }
    })

    app.addHook('preClose', async () => {
      closing = true
      await loaded?.close()
    })
  },
  {
    name: 'terminals',
    dependencies: ['config', 'clock', 'auth-store', 'sessions', 'ban-gate', 'audit-log', 'recordings']
  }
)
