import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Permission } from '../../schemas/auth/permission.ts'
import type { Connected } from '../auth/standing.ts'
import type { RecordedTerminal } from './asciicast.ts'
import { CLOSE, type Client } from './client.ts'
import { MAX_PER_SESSION, MAX_PER_USER, MAX_TERMINALS, MAX_WATCHERS } from './limits.ts'
import { describeLogin, findProgram } from './login.ts'
import { type Attachment, createTerminal, type Start, type Terminal, type TerminalObserver } from './session.ts'
import { commandOf } from './target.ts'

/** The user at the other end of a connection; without a session where the terminal is open to everyone. */
export interface Caller extends Connected {
  userId: number
  username: string
}

export interface TerminalEntry {
  terminal: Terminal
  target: string
  createdAt: number
  /** The caller that opened the terminal or took it over last. */
  holder: Caller
  /** SHA-256 of the resume token. */
  tokenHash: Buffer
  /** The previous token stays valid until the client confirms the new one, since the answer with it can be lost. */
  previousTokenHash: Buffer | null
}

export interface RegistryOptions {
  /** Checks session, account, permission and address of a caller now. */
  may: (caller: Caller, permission: Permission) => boolean
  /** Wall clock, milliseconds since the epoch. */
  clock: () => number
  uid: number
  /** MONITOR_SHELL. */
  shell: string
  /** Milliseconds without input after which a terminal is ended; 0 for never. */
  idleMs: number
  /** Called for each opened terminal; the observer it returns gets all output. Null: no recording. */
  record: (about: RecordedTerminal) => TerminalObserver | null
  onEvent: (
    event: 'opened' | 'closed' | 'takenOver' | 'watched',
    caller: Caller,
    about: { id: string; target: string; pid: number }
  ) => void
  onFault: (error: unknown) => void
  /** Called with the processes that survived the end of their terminal. */
  onSurvivors: (id: string, pids: readonly number[]) => void
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
  /** Call when the client has proved that it received the token. */
  confirm(): void
}

/** Interval of access checks. With the second that processes get to end, a revocation takes effect within 3 s. */
const CHECK_INTERVAL_MS = 500

const refuse = (code: number, reason: string): Refusal => ({ ok: false, code, reason })
const unknown = refuse(CLOSE.unknown, 'no such terminal, or the resume token is wrong')
const ACCESS_GONE = 'the session has ended or the permission was revoked'
const forbidden = refuse(CLOSE.accessGone, ACCESS_GONE)
const SHUTTING_DOWN = 'the daemon is shutting down'
const hashOf = (token: string) => createHash('sha256').update(token).digest()

const startOf = (terminal: Terminal, received = 0): Start => {
  const position = Math.max(received, terminal.start())
  return { position, live: Math.max(position, terminal.consumed()) }
}

/** All open terminals. Checks limits and access for opening, resuming and watching them. */
export function createRegistry({
  may,
  clock,
  uid,
  shell,
  idleMs,
  record,
  onEvent,
  onFault,
  onSurvivors
}: RegistryOptions) {
  const entries = new Map<string, TerminalEntry>()
  const watching = new WeakMap<Attachment, Caller>()
  let timer: NodeJS.Timeout | undefined
  let closing = false

  const count = (matches: (holder: Caller) => boolean) =>
    [...entries.values()].filter(({ terminal, holder }) => !terminal.isEnding() && matches(holder)).length
  const belongsToSessionOf = (caller: Caller) => (holder: Caller) =>
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
      if (entry.tokenHash === tokenHash) entry.previousTokenHash = null
    }
  }
  const isToken = (token: string, { tokenHash, previousTokenHash }: TerminalEntry): boolean => {
    const hash = hashOf(token)
    const isPrevious = previousTokenHash !== null && timingSafeEqual(hash, previousTokenHash)
    return timingSafeEqual(hash, tokenHash) || isPrevious
  }

  const report = (event: Parameters<typeof onEvent>[0], caller: Caller, { terminal, target }: TerminalEntry) =>
    onEvent(event, caller, { id: terminal.id, target, pid: terminal.pid })

  const remove = (id: string) => {
    const entry = entries.get(id)!
    entries.delete(id)
    report('closed', entry.holder, entry)
    if (entries.size === 0) clearInterval(timer)
  }

  const check = () => {
    for (const { terminal, holder } of entries.values()) {
      if (terminal.isEnding()) continue
      for (const watcher of terminal.watchers()) {
        if (mayWatch(watching.get(watcher)!, holder)) continue
        terminal.drop(watcher, CLOSE.accessGone, ACCESS_GONE)
      }
      if (!may(holder, 'terminal.open')) void terminal.end(CLOSE.accessGone, ACCESS_GONE)
      else if (idleMs > 0 && terminal.idleMs() >= idleMs)
        void terminal.end(CLOSE.ended, 'the terminal was idle for too long')
    }
  }

  const mayWatch = (caller: Caller, holder: Caller) =>
    may(caller, 'terminal.watch') || (caller.userId === holder.userId && may(caller, 'terminal.open'))

  return {
    count: () => count(() => true),

    /** The terminals a caller may see. */
    list: (caller: Caller): TerminalEntry[] =>
      [...entries.values()].filter(({ terminal, holder }) => !terminal.isEnding() && mayWatch(caller, holder)),

    find,

    open(caller: Caller, client: Client, target: string, { cols, rows }: Size): Attached | Refusal {
      if (closing) return refuse(CLOSE.goingAway, SHUTTING_DOWN)
      if (!may(caller, 'terminal.open')) return forbidden
      if (entries.size >= MAX_TERMINALS)
        return refuse(CLOSE.tooMany, `this host already has ${MAX_TERMINALS} terminals, the limit`)
      if (count(({ userId }) => userId === caller.userId) >= MAX_PER_USER)
        return refuse(CLOSE.tooMany, `you already have ${MAX_PER_USER} terminals, the limit`)
      if (count(belongsToSessionOf(caller)) >= MAX_PER_SESSION)
        return refuse(CLOSE.tooMany, `this session already has ${MAX_PER_SESSION} terminals, the limit`)

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
        onEnded: () => remove(id),
        onSurvivors: (pids: readonly number[]) => onSurvivors(id, pids),
        onFault
      }
      let terminal: Terminal
      try {
        terminal = createTerminal(options)
      } catch (error) {
        onFault(error)
        observer?.ended()
        return refuse(CLOSE.target, "the terminal could not be opened; see the daemon's log")
      }
      const entry = {
        terminal,
        target,
        createdAt,
        holder: caller,
        tokenHash: Buffer.alloc(32),
        previousTokenHash: null
      }
      if (entries.size === 0) timer = setInterval(check, CHECK_INTERVAL_MS)
      entries.set(id, entry)
      report('opened', caller, entry)
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

    /**
     * Attaches a client to a running terminal of the same user. With the resume token it continues at `received`;
     * without it the client takes over, with as much output as the replay buffer still holds.
     */
    resume(caller: Caller, client: Client, id: string, token?: string, received?: number): Attached | Refusal {
      if (!may(caller, 'terminal.open')) return forbidden
      const entry = find(id)
      if (entry?.holder.userId !== caller.userId) return unknown
      const { terminal, holder } = entry
      const hasToken = token !== undefined
      if (hasToken && !isToken(token, entry)) return unknown
      if (received !== undefined && received > terminal.position())
        return refuse(CLOSE.rule, 'more bytes were received than were sent')
      if (!belongsToSessionOf(caller)(holder) && count(belongsToSessionOf(caller)) >= MAX_PER_SESSION)
        return refuse(CLOSE.tooMany, `this session already has ${MAX_PER_SESSION} terminals, the limit`)
      const start = startOf(terminal, received)
      entry.holder = caller
      if (!hasToken) report('takenOver', caller, entry)
      entry.previousTokenHash = hasToken ? hashOf(token) : null
      const newer = newToken(entry)
      const attachment = terminal.attach(client, start.position)
      return { ok: true, terminal, attachment, token: newer, start, confirm: confirmOf(entry) }
    },

    watch(caller: Caller, client: Client, id: string): Omit<Attached, 'token' | 'confirm'> | Refusal {
      const entry = find(id)
      if (!entry || !mayWatch(caller, entry.holder)) return unknown
      const { terminal } = entry
      if (terminal.watchers().length >= MAX_WATCHERS)
        return refuse(CLOSE.tooMany, `this terminal already has ${MAX_WATCHERS} watchers, the limit`)
      const start = startOf(terminal)
      const attachment = terminal.watch(client)
      watching.set(attachment, caller)
      report('watched', caller, entry)
      return { ok: true, terminal, attachment, start }
    },

    /** Ends all terminals. Resolves when their processes have ended. */
    async close() {
      closing = true
      clearInterval(timer)
      await Promise.all([...entries.values()].map(({ terminal }) => terminal.end(CLOSE.goingAway, SHUTTING_DOWN)))
    }
  }
}
export type Registry = ReturnType<typeof createRegistry>
