import fp from 'fastify-plugin'
import { nameTerminal } from '../../lib/audit/targets.ts'
import { hasPermission } from '../../lib/auth/authenticate.ts'
import { createStanding } from '../../lib/auth/standing.ts'
import { OPERATOR } from '../../lib/auth/tenants.ts'
import type { Caller, RegistryOptions } from '../../lib/terminal/registry.ts'
import type { Terminals } from '../../lib/terminal/terminals.ts'

declare module 'fastify' {
  interface FastifyInstance {
    terminal: {
      /** Loads the modules of terminals; await it before accepting a connection. */
      load(): Promise<Pick<Terminals, 'serve'>>
      /** Serves a connection. Throws before `load`. */
      serve: Terminals['serve']
      /** The terminals that a caller may see. */
      list(caller: Caller): ReturnType<Terminals['list']>
      count(): number
      /** The user of a terminal; null for an unknown id. */
      holderOf(id: string): Caller | null
      /** Ends a terminal. Resolves once its processes have ended. */
      end(id: string): Promise<void>
    }
  }
}

/** The shells of this host. Their modules are loaded with the first terminal. */
export default fp(
  async (app) => {
    let loading: Promise<Terminals> | null = null
    let loaded: Terminals | null = null
    let closing = false

    const { access, clock } = app
    const standing = createStanding({ access, clock, isBanned: app.banGate.isBanned, purpose: 'terminal' })
    const may: RegistryOptions['may'] = (caller, permission) => {
      const principal = app.tenant.within(OPERATOR, () => standing(caller))
      return principal !== null && hasPermission(principal, permission)
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
        clock,
        uid: process.getuid!(),
        shell: app.config.shell,
        idleMs: app.config.terminalIdle * 1000,
        record: app.recordings.start,
        onEvent: (event, { address, username }, about) =>
          events[event]({ address, user: username, target: nameTerminal(about) }),
        onFault: (err) => app.log.error({ err }, 'a terminal failed'),
        onSurvivors: (id, pids) => app.log.warn({ id, pids }, 'processes of a terminal are still running after its end')
      })
      if (closing) await loaded.close()
      return loaded
    }

    app.decorate('terminal', {
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
    name: 'terminal',
    dependencies: ['access', 'config', 'clock', 'ban-gate', 'audit-log', 'recordings', 'tenant']
  }
)
