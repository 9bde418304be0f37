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

/** The terminals of this host, with their two protocols. Loaded when the first one is opened. */
export function createTerminals(options: RegistryOptions) {
  const registry = createRegistry(options)

  return {
    /** Gives a connection what it asks for, a terminal of `target`. To be called before its first message can come. */
    serve(socket: TerminalSocket, protocol: string, caller: Caller, target = 'shell') {
      const serve = protocol === TERMINAL_V1 ? serveV1 : serveText
      serve(socket, caller, registry, target)
    },
    list: (caller: Caller) => registry.list(caller).map((entry) => describeTerminal(entry, caller, options.clock())),
    count: registry.count,
    /** Whose a terminal is; null when there is none. */
    holderOf: (id: string) => registry.find(id)?.holder ?? null,
    /** Ends a terminal from outside. Resolves when its processes are gone. */
    async end(id: string) {
      await registry.find(id)?.terminal.end(CLOSE.ended, 'ended from another device')
    },
    close: registry.close
  }
}
export type Terminals = ReturnType<typeof createTerminals>
