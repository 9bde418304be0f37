import { CLOSE, type Client, type TerminalFacts } from './client.ts'
import { createFeed, type Feed } from './feed.ts'
import { HIGH_WATERMARK, LOW_WATERMARK, REPLAY_BYTES, RESUME_S } from './limits.ts'
import { endProcesses } from './processes.ts'
import { type Exit, openPty, type PtyOptions } from './pty.ts'
import { createReplay } from './replay.ts'
import { createSize } from './size.ts'

/** Sees what a terminal shows: a recording. */
export interface TerminalObserver {
  output(bytes: Buffer): void
  resized(cols: number, rows: number): void
  ended(): unknown
}

export interface TerminalOptions {
  id: string
  command: PtyOptions
  observers: readonly TerminalObserver[]
  /** Monotonic, milliseconds. */
  now: () => number
  /** Every process and connection of it is gone. */
  onGone: () => void
  /** Processes that did not end. */
  onLeft: (pids: readonly number[]) => void
  /** Its processes could not be looked for. */
  onFault: (error: unknown) => void
}

/** Where a client's output begins. */
export interface Start {
  position: number
  /** What comes before it is a replay. */
  live: number
}

/** A client's hold on a terminal. */
export interface Attachment {
  readonly client: Client
  readonly feed: Feed
}

/** After its last process a PTY is closed; what still holds it open shows nothing more for this long. */
const QUIET_MS = 200
const EXIT_MS = 1000

/** One terminal: a PTY, what it showed last, who types and who watches. Throws where no PTY can be had. */
export function createTerminal({ id, command, observers, now, onGone, onLeft, onFault }: TerminalOptions) {
  const replay = createReplay(REPLAY_BYTES)
  const watchers = new Set<Attachment>()
  let writer: Attachment | null = null
  /** Of the writer, or of the last one there was. */
  let taken = 0
  let paused = false
  let exit: Exit | null = null
  let closed = false
  let ending: Promise<void> | null = null
  let clearing: Promise<void> | null = null
  let detachTimer: NodeJS.Timeout | undefined
  let quietTimer: NodeJS.Timeout | undefined
  let lastInput = now()
  let lastOutput = now()

  const everyone = () => (writer ? [writer, ...watchers] : [...watchers])

  const balance = () => {
    if (writer) taken = writer.feed.taken()
    const unacknowledged = replay.end() - taken
    if (paused ? unacknowledged >= LOW_WATERMARK : unacknowledged < HIGH_WATERMARK) return
    paused = !paused
    if (paused) pty.pause()
    else pty.resume()
  }

  const drop = (attachment: Attachment, code: number, reason: string) => {
    attachment.feed.stop()
    attachment.client.close(code, reason)
    if (attachment === writer) writer = null
    else watchers.delete(attachment)
  }

  const clear = () => {
    clearing ??= endProcesses({ leader: pty.pid, tty: closed ? null : pty.tty, mark: id })
      .then(({ left }) => {
        if (left.length > 0) onLeft(left)
      }, onFault)
      .then(awaitQuiet)
    return clearing
  }

  /** What escaped and still holds the PTY open must not keep the terminal; unread output must. */
  const awaitQuiet = () => {
    if (closed || ending) return
    if (!paused && now() - lastOutput >= QUIET_MS) pty.close()
    else quietTimer = setTimeout(awaitQuiet, QUIET_MS)
  }

  /** Tells the exit to whom it has shown everything; the terminal goes with its writer. */
  const settle = () => {
    if (!closed || exit === null || ending) return
    const isOver = writer !== null && writer.feed.sent() === replay.end()
    for (const attachment of everyone()) {
      if (attachment.feed.sent() < replay.end()) continue
      attachment.client.control({ type: 'exit', ...exit })
      drop(attachment, CLOSE.normal, 'the shell has ended')
    }
    if (isOver) void end(CLOSE.normal, 'the shell has ended')
  }

  const pty = openPty(command, {
    output(bytes) {
      lastOutput = now()
      replay.append(bytes)
      for (const observer of observers) observer.output(bytes)
      writer?.feed.pump()
      for (const watcher of watchers) {
        watcher.feed.pump()
        if (watcher.feed.isBehind()) drop(watcher, CLOSE.tooMany, 'this connection is too slow to watch')
      }
      balance()
    },
    exited(how) {
      exit = how
      void clear()
      settle()
    },
    closed() {
      closed = true
      // The exit is told by another thread, and may come after; or the shell lived on without its terminal.
      void clear().then(() => {
        if (ending || exit) return
        quietTimer = setTimeout(() => {
          exit ??= { code: null, signal: 'SIGHUP' }
          settle()
        }, EXIT_MS)
      })
      settle()
    },
    inputFull: (full) => writer?.client.control({ type: 'input', full })
  })

  const size = createSize(command.cols, command.rows, (cols, rows) => {
    pty.resize(cols, rows)
    for (const observer of observers) observer.resized(cols, rows)
    for (const { client } of watchers) client.control({ type: 'resized', cols, rows })
  })

  const attach = (client: Client, from: number): Attachment => {
    const feed = createFeed({
      replay,
      client,
      from,
      onTaken() {
        if (feed === writer?.feed) balance()
        settle()
      }
    })
    return { client, feed }
  }

  async function finish() {
    clearTimeout(detachTimer)
    clearTimeout(quietTimer)
    size.stop()
    await clear()
    pty.close()
    for (const observer of observers) observer.ended()
    onGone()
  }

  /** Closes all connections and ends every process. Resolves when they are gone. */
  function end(code: number, reason: string): Promise<void> {
    ending ??= finish()
    for (const attachment of everyone()) drop(attachment, code, reason)
    return ending
  }

  /** The connection is gone; the terminal waits for another. */
  function detach(attachment: Attachment) {
    attachment.feed.stop()
    if (attachment !== writer) return void watchers.delete(attachment)
    balance()
    writer = null
    if (!ending) detachTimer = setTimeout(() => void end(CLOSE.ended, 'nobody came back'), RESUME_S * 1000)
  }

  /** Part of what was typed is lost, so its client must know. */
  function refuseInput(attachment: Attachment) {
    const reason = 'too much was typed that the program does not read'
    // A client that does not acknowledge cannot come back.
    if (!attachment.client.acknowledges) return void end(CLOSE.rule, reason)
    detach(attachment)
    attachment.client.close(CLOSE.rule, reason)
  }

  return {
    id,
    end,
    isEnding: () => ending !== null,
    isAttached: () => writer !== null,
    writer: () => writer,
    watchers: () => [...watchers] as readonly Attachment[],
    idleMs: () => now() - lastInput,
    /** Where output starts that can still be had, and ends. */
    start: replay.start,
    position: replay.end,
    /** Up to where its writer, or the last one, has taken its output. */
    taken: () => (writer ? writer.feed.taken() : taken),
    cols: size.cols,
    rows: size.rows,
    drop,

    describe: ({ position, live }: Start): TerminalFacts => ({
      id,
      position,
      live,
      cols: size.cols(),
      rows: size.rows(),
      replay_bytes: REPLAY_BYTES,
      resume_seconds: RESUME_S
    }),

    /** Puts a client in the writer's place. It gets output only after `begin`, so that it can be told first. */
    attach(client: Client, from: number): Attachment {
      clearTimeout(detachTimer)
      if (writer) drop(writer, CLOSE.takenOver, 'taken over by another connection')
      writer = attach(client, from)
      lastInput = now()
      return writer
    },

    watch(client: Client): Attachment {
      const watcher = attach(client, replay.start())
      watchers.add(watcher)
      return watcher
    },

    begin(attachment: Attachment) {
      if (attachment === writer && pty.isFull()) attachment.client.control({ type: 'input', full: true })
      attachment.feed.pump()
      balance()
      settle()
    },

    detach,

    write(attachment: Attachment, bytes: Buffer) {
      if (attachment !== writer) return
      lastInput = now()
      size.flush()
      if (!pty.write(bytes)) refuseInput(attachment)
    },

    resize(attachment: Attachment, cols: number, rows: number) {
      if (attachment === writer) size.set(cols, rows)
    }
  }
}
export type Terminal = ReturnType<typeof createTerminal>
