import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Permission } from '../../schemas/auth/permission.ts'
import type { Session } from '../storage/stores/sessions.ts'
import type { RecordedTerminal } from './asciicast.ts'
import { CLOSE, type Client } from './client.ts'
import { IN_ALL, PER_SESSION, PER_USER, WATCHERS } from './limits.ts'
import { describeLogin, findProgram } from './login.ts'
import { type Attachment, createTerminal, type Start, type Terminal, type TerminalObserver } from './session.ts'
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
  /** Of the one before, good until the client has shown that it has the new one: the answer with it may be lost. */
  olderHash: Buffer | null
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
  record: (about: RecordedTerminal) => TerminalObserver | null
  tell: (event: 'opened' | 'closed' | 'takenOver' | 'watched', caller: Caller, id: string) => void
  onFault: (error: unknown) => void
  /** Processes of a terminal that has ended, which have not. */
  onLeft: (id: string, pids: readonly number[]) => void
}

export interface Size {
  cols: number
  rows: number
}

export type Refusal = { ok: false; code: number; reason: string }
export interface Attached {
  ok: true
  terminal: Terminal
  attachment: Attachment
  token: string
  start: Start
  /** To be called when the client has shown that it has the token. */
  confirm(): void
}

/** How often it is looked whether who has a terminal may still have it: with the second that processes get, under 3 s. */
const CHECK_EVERY_MS = 500

const refuse = (code: number, reason: string): Refusal => ({ ok: false, code, reason })
const unknown = refuse(CLOSE.unknown, 'there is no such terminal, or its token is another')
const forbidden = refuse(CLOSE.accessGone, 'session or permission are gone')
const hashOf = (token: string) => createHash('sha256').update(token).digest()

const startOf = (terminal: Terminal, received = 0): Start => {
  const position = Math.max(received, terminal.start())
  return { position, live: Math.max(position, terminal.taken()) }
}

/** All terminals there are, and who may do what with them. */
export function createRegistry({ may, clock, uid, shell, idleMs, record, tell, onFault, onLeft }: RegistryOptions) {
  const entries = new Map<string, TerminalEntry>()
  /** Who watches. */
  const watching = new WeakMap<Attachment, Caller>()
  let timer: NodeJS.Timeout | undefined
  let closing = false

  const count = (matches: (holder: Caller) => boolean) =>
    [...entries.values()].filter(({ terminal, holder }) => !terminal.isEnding() && matches(holder)).length
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
  const confirmOf = (entry: TerminalEntry) => {
    const { tokenHash } = entry
    return () => {
      if (entry.tokenHash === tokenHash) entry.olderHash = null
    }
  }
  const isToken = (token: string, { tokenHash, olderHash }: TerminalEntry): boolean => {
    const hash = hashOf(token)
    const isOlder = olderHash !== null && timingSafeEqual(hash, olderHash)
    return timingSafeEqual(hash, tokenHash) || isOlder
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
    count: () => count(() => true),

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
      const id = randomBytes(12).toString('base64url')
      const createdAt = clock()
      const env = { ...login.env, PROXMENUX_TERMINAL_ID: id }
      const { username: user, address } = caller
      const observer = record({ id, user, target, address, cols, rows, shell: command.file })
      const options = {
        id,
        command: { file: command.file, args: command.args, env, cwd: login.cwd, cols, rows },
        observers: observer ? [observer] : [],
        now: () => performance.now(),
        onGone: () => remove(id),
        onLeft: (pids: readonly number[]) => onLeft(id, pids),
        onFault
      }
      let terminal: Terminal
      try {
        terminal = createTerminal(options)
      } catch (error) {
        onFault(error)
        observer?.ended()
        return refuse(CLOSE.target, 'no terminal can be opened now; the log says why')
      }
      const entry = { terminal, target, createdAt, holder: caller, tokenHash: Buffer.alloc(32), olderHash: null }
      if (entries.size === 0) timer = setInterval(check, CHECK_EVERY_MS)
      entries.set(id, entry)
      tell('opened', caller, id)
      const token = newToken(entry)
      return {
        ok: true,
        terminal,
        attachment: terminal.attach(client, 0),
        token,
        start: { position: 0, live: 0 },
        confirm: () => {}
      }
    },

    /** Goes on with a terminal of the same user: where it was with its token, else with what can still be had. */
    resume(caller: Caller, client: Client, id: string, token?: string, received?: number): Attached | Refusal {
      if (!may(caller, 'terminal.open')) return forbidden
      const entry = find(id)
      if (entry?.holder.userId !== caller.userId) return unknown
      const { terminal, holder } = entry
      const hasToken = token !== undefined
      if (hasToken && !isToken(token, entry)) return unknown
      if (received !== undefined && received > terminal.position())
        return refuse(CLOSE.rule, 'more was received than was sent')
      if (!isOfSession(caller)(holder) && count(isOfSession(caller)) >= PER_SESSION)
        return refuse(CLOSE.tooMany, `this session has ${PER_SESSION} terminals already`)
      const start = startOf(terminal, received)
      entry.holder = caller
      if (!hasToken) tell('takenOver', caller, id)
      entry.olderHash = hasToken ? hashOf(token) : null
      const newer = newToken(entry)
      const attachment = terminal.attach(client, start.position)
      return { ok: true, terminal, attachment, token: newer, start, confirm: confirmOf(entry) }
    },

    watch(caller: Caller, client: Client, id: string): Omit<Attached, 'token' | 'confirm'> | Refusal {
      const entry = find(id)
      if (!entry || !mayWatch(caller, entry.holder)) return unknown
      const { terminal } = entry
      if (terminal.watchers().length >= WATCHERS) return refuse(CLOSE.tooMany, `${WATCHERS} watch it already`)
      const start = startOf(terminal)
      const attachment = terminal.watch(client)
      watching.set(attachment, caller)
      tell('watched', caller, id)
      return { ok: true, terminal, attachment, start }
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
