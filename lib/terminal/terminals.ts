import { CLOSE } from './client.ts'
import { TERMINAL_V1 } from './limits.ts'
import { serveText } from './protocol-text.ts'
import { serveV1 } from './protocol-v1.ts'
import { type Caller, createRegistry, type RegistryOptions, type TerminalEntry } from './registry.ts'
import type { TerminalSocket } from './socket.ts'

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()

const describeTerminal = ({ terminal, target, createdAt, holder }: TerminalEntry, caller: Caller, now: number) => ({
  id: terminal.id,
  user: holder.session === null ? null : holder.username,
  own: holder.userId === caller.userId,
  target,
  created_at: isoTime(createdAt),
  last_input_at: isoTime(now - terminal.idleMs()),
  cols: terminal.cols(),
  rows: terminal.rows(),
  attached: terminal.isAttached(),
  watchers: terminal.watchers().length,
  address: holder.address
})

/** The terminals of this host, over both protocols. Loaded when the first terminal is opened. */
export function createTerminals(options: RegistryOptions) {
  const registry = createRegistry(options)

  return {
    /** Serves a terminal of `target` on a connection. Call it before the first message can arrive. */
    serve(socket: TerminalSocket, protocol: string, caller: Caller, target = 'shell') {
      const serve = protocol === TERMINAL_V1 ? serveV1 : serveText
      serve(socket, caller, registry, target)
    },
    list: (caller: Caller) => registry.list(caller).map((entry) => describeTerminal(entry, caller, options.clock())),
    count: registry.count,
    /** The holder of a terminal; null if there is no such terminal. */
    holderOf: (id: string) => registry.find(id)?.holder ?? null,
    /** Ends a terminal from another connection. Resolves when its processes have ended. */
    async end(id: string) {
      await registry.find(id)?.terminal.end(CLOSE.ended, 'ended from another device')
    },
    close: registry.close
  }
}
export type Terminals = ReturnType<typeof createTerminals>
