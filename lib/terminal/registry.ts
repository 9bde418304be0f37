import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Permission } from '../../schemas/permission.ts'
import type { Session } from '../storage/session-store.ts'
import { CLOSE, type Client } from './client.ts'
import { IN_ALL, PER_SESSION, PER_USER, WATCHERS } from './limits.ts'
import { describeLogin, findProgram } from './login.ts'
import { type Attachment, createTerminal, type Terminal, type TerminalObserver } from './session.ts'
import { commandOf } from './target.ts'

/** Who is at the other end of a connection. */
export interface Caller {
  /** Null where no password protects the host and its terminal was opened to all. */
  session: Session | null
  userId: number
  username: string
  address: string
}

export interface TerminalEntry {
  terminal: Terminal
  target: string
  createdAt: number
  /** Under whose session it runs: who opened it or took it over. */
  holder: Caller
  /** SHA-256 of the resume token. */
  tokenHash: Buffer
}

export interface RegistryOptions {
  /** Whether a caller may do this now: session, account, permission and address. */
  may: (caller: Caller, permission: Permission) => boolean
  /** Wall time, milliseconds. */
  clock: () => number
  uid: number
  /** MONITOR_SHELL. */
  shell: string
  /** Milliseconds without input after which a terminal is ended; 0 for never. */
  idleMs: number
  /** Called for each terminal that is opened; what it returns sees all the terminal shows. */
  record?: ((entry: RecordFacts) => TerminalObserver | null) | undefined
  tell: (event: 'opened' | 'closed' | 'takenOver' | 'watched', caller: Caller, id: string) => void
  onFault: (error: unknown) => void
}

export interface RecordFacts {
  id: string
  target: string
  holder: Caller
  cols: number
  rows: number
  createdAt: number
}

export interface Size {
  cols: number
  rows: number
}

export type Refusal = { ok: false; code: number; reason: string }
export type Attached = { ok: true; terminal: Terminal; attachment: Attachment; token: string; position: number }

/** How often it is looked whether who has a terminal may still have it: with the second that processes get, under 3 s. */
const CHECK_EVERY_MS = 500

const refuse = (code: number, reason: string): Refusal => ({ ok: false, code, reason })
const unknown = refuse(CLOSE.unknown, 'there is no such terminal, or its token is another')
const forbidden = refuse(CLOSE.accessGone, 'session or permission are gone')
const hashOf = (token: string) => createHash('sha256').update(token).digest()

/** All terminals there are, and who may do what with them. */
export function createRegistry({ may, clock, uid, shell, idleMs, record, tell, onFault }: RegistryOptions) {
  const entries = new Map<string, TerminalEntry>()
  /** Who watches. */
  const watching = new WeakMap<Attachment, Caller>()
  let timer: NodeJS.Timeout | undefined
  let closing = false

  const count = (matches: (holder: Caller) => boolean) =>
    [...entries.values()].filter(({ holder }) => matches(holder)).length
  const isOfSession = (caller: Caller) => (holder: Caller) =>
    holder.session?.sid === caller.session?.sid && holder.userId === caller.userId

  const find = (id: string): TerminalEntry | null => {
    const entry = entries.get(id)
    return entry === undefined || entry.terminal.isEnding() ? null : entry
  }

  const newToken = (entry: TerminalEntry): string => {
    const token = randomBytes(32).toString('base64url')
    entry.tokenHash = hashOf(token)
    return token
  }

  const remove = (id: string) => {
    const entry = entries.get(id)!
    entries.delete(id)
    tell('closed', entry.holder, id)
    if (entries.size === 0) clearInterval(timer)
  }

  const check = () => {
    for (const { terminal, holder } of entries.values()) {
      if (terminal.isEnding()) continue
      for (const watcher of terminal.watchers()) {
        if (mayWatch(watching.get(watcher)!, holder)) continue
        terminal.drop(watcher, CLOSE.accessGone, 'session or permission are gone')
      }
      if (!may(holder, 'terminal.open')) void terminal.end(CLOSE.accessGone, 'session or permission are gone')
      else if (idleMs > 0 && terminal.idleMs() >= idleMs)
        void terminal.end(CLOSE.ended, 'nothing was typed for too long')
    }
  }

  const mayWatch = (caller: Caller, holder: Caller) =>
    may(caller, 'terminal.watch') || (caller.userId === holder.userId && may(caller, 'terminal.open'))

  return {
    /** Those a caller may see. */
    list: (caller: Caller): TerminalEntry[] =>
      [...entries.values()].filter(({ terminal, holder }) => !terminal.isEnding() && mayWatch(caller, holder)),

    find,

    open(caller: Caller, client: Client, target: string, { cols, rows }: Size): Attached | Refusal {
      if (closing) return refuse(CLOSE.goingAway, 'the daemon ends')
      if (!may(caller, 'terminal.open')) return forbidden
      if (entries.size >= IN_ALL) return refuse(CLOSE.tooMany, `there are ${IN_ALL} terminals already`)
      if (count(({ userId }) => userId === caller.userId) >= PER_USER)
        return refuse(CLOSE.tooMany, `you have ${PER_USER} terminals already`)
      if (count(isOfSession(caller)) >= PER_SESSION)
        return refuse(CLOSE.tooMany, `this session has ${PER_SESSION} terminals already`)

      const login = describeLogin({ uid, shell })
      const command = commandOf(target, { shell: login.shell, findProgram })
      if (!command.ok) return refuse(CLOSE.target, command.reason)
      const id = randomBytes(9).toString('base64url')
      const createdAt = clock()
      const env = { ...login.env, PROXMENUX_TERMINAL_ID: id }
      const observer = record?.({ id, target, holder: caller, cols, rows, createdAt })
      const options = {
        id,
        command: { file: command.file, args: command.args, env, cwd: login.cwd, cols, rows },
        observers: observer ? [observer] : [],
        now: () => performance.now(),
        onGone: () => remove(id)
      }
      let terminal: Terminal
      try {
        terminal = createTerminal(options)
      } catch (error) {
        onFault(error)
        observer?.ended()
        return refuse(CLOSE.target, 'no terminal can be opened now; the log says why')
      }
      const entry = { terminal, target, createdAt, holder: caller, tokenHash: Buffer.alloc(32) }
      if (entries.size === 0) timer = setInterval(check, CHECK_EVERY_MS)
      entries.set(id, entry)
      tell('opened', caller, id)
      return { ok: true, terminal, attachment: terminal.attach(client, 0), token: newToken(entry), position: 0 }
    },

    /** Goes on with a terminal of the same user: where it was with its token, else with what can still be had. */
    resume(caller: Caller, client: Client, id: string, token?: string, received?: number): Attached | Refusal {
      if (!may(caller, 'terminal.open')) return forbidden
      const entry = find(id)
      if (entry?.holder.userId !== caller.userId) return unknown
      const { terminal, holder } = entry
      const hasToken = token !== undefined
      if (hasToken && !timingSafeEqual(hashOf(token), entry.tokenHash)) return unknown
      if (received !== undefined && received > terminal.position())
        return refuse(CLOSE.rule, 'more was received than was sent')
      if (!isOfSession(caller)(holder) && count(isOfSession(caller)) >= PER_SESSION)
        return refuse(CLOSE.tooMany, `this session has ${PER_SESSION} terminals already`)
      const position = Math.max(received ?? 0, terminal.start())
      entry.holder = caller
      if (!hasToken) tell('takenOver', caller, id)
      return { ok: true, terminal, attachment: terminal.attach(client, position), token: newToken(entry), position }
    },

    watch(caller: Caller, client: Client, id: string): Omit<Attached, 'token'> | Refusal {
      const entry = find(id)
      if (!entry || !mayWatch(caller, entry.holder)) return unknown
      const { terminal } = entry
      if (terminal.watchers().length >= WATCHERS) return refuse(CLOSE.tooMany, `${WATCHERS} watch it already`)
      const attachment = terminal.watch(client)
      watching.set(attachment, caller)
      tell('watched', caller, id)
      return { ok: true, terminal, attachment, position: terminal.start() }
    },

    /** Ends all there are. Resolves when their processes are gone. */
    async close() {
      closing = true
      clearInterval(timer)
      await Promise.all([...entries.values()].map(({ terminal }) => terminal.end(CLOSE.goingAway, 'the daemon ends')))
    }
  }
}
export type Registry = ReturnType<typeof createRegistry>
