import { CLOSE, type Client, type TerminalFacts } from './client.ts'
import { createFeed, type Feed } from './feed.ts'
import { HIGH_WATERMARK, LOW_WATERMARK, REPLAY_BYTES, RESUME_S } from './limits.ts'
import { endProcesses } from './processes.ts'
import { type Exit, openPty, type PtyOptions } from './pty.ts'
import { createReplay } from './replay.ts'
import { createSize } from './size.ts'

/** Gets a copy of a terminal's output: a recording. */
export interface TerminalObserver {
  output(bytes: Buffer): void
  resized(cols: number, rows: number): void
  ended(): unknown
}

export interface TerminalOptions {
  id: string
  command: PtyOptions
  observers: readonly TerminalObserver[]
  /** Monotonic clock, milliseconds. */
  now: () => number
  /** Called when every process and connection has ended. */
  onEnded: () => void
  /** Called with the processes that did not end. */
  onSurvivors: (pids: readonly number[]) => void
  /** Called when the processes could not be listed. */
  onFault: (error: unknown) => void
}

/** Where a client's output begins. */
export interface Start {
  position: number
  /** Earlier bytes are a replay. */
  live: number
}

/** A client attached to a terminal. */
export interface Attachment {
  readonly client: Client
  readonly feed: Feed
}

/** Milliseconds without output after the last process has ended, until the PTY is closed. */
const QUIET_MS = 200
const EXIT_TIMEOUT_MS = 1000
/** How long watchers get for the last output, after the writer has it. */
const WATCHERS_MS = 1000

/** One terminal: a PTY with its replay buffer, its writer and its watchers. Throws if no PTY can be opened. */
export function createTerminal({ id, command, observers, now, onEnded, onSurvivors, onFault }: TerminalOptions) {
  const replay = createReplay(REPLAY_BYTES)
  const watchers = new Set<Attachment>()
  let writer: Attachment | null = null
  /** Position up to which the writer, or the last one, has consumed the output. */
  let consumed = 0
  let paused = false
  let exit: Exit | null = null
  /** The writer has the exit and all output before it. */
  let writerHasExit = false
  let closed = false
  let ending: Promise<void> | null = null
  let endingProcesses: Promise<void> | null = null
  let detachTimer: NodeJS.Timeout | undefined
  let quietTimer: NodeJS.Timeout | undefined
  let watchersTimer: NodeJS.Timeout | undefined
  let lastInput = now()
  let lastOutput = now()

  const attachments = () => (writer ? [writer, ...watchers] : [...watchers])

  const applyBackPressure = () => {
    if (writer) consumed = writer.feed.consumed()
    const unacknowledged = replay.end() - consumed
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

  const endAllProcesses = () => {
    endingProcesses ??= endProcesses({ leader: pty.pid, tty: closed ? null : pty.tty, mark: id })
      .then(({ left }) => {
        if (left.length > 0) onSurvivors(left)
      }, onFault)
      .then(closeWhenQuiet)
    return endingProcesses
  }

  /** A surviving process that holds the PTY open must not keep the terminal alive; unread output must. */
  const closeWhenQuiet = () => {
    if (closed || ending) return
    if (!paused && now() - lastOutput >= QUIET_MS) pty.close()
    else quietTimer = setTimeout(closeWhenQuiet, QUIET_MS)
  }

  /** Sends the exit to each client that has all output. The terminal ends once its writer has it, and its watchers too. */
  const announceExit = () => {
    if (!closed || exit === null || ending) return
    writerHasExit ||= writer !== null && writer.feed.sent() === replay.end()
    for (const attachment of attachments()) {
      if (attachment.feed.sent() < replay.end()) continue
      attachment.client.control({ type: 'exit', ...exit })
      drop(attachment, CLOSE.normal, 'the shell has ended')
    }
    if (!writerHasExit) return
    const finish = () => void end(CLOSE.normal, 'the shell has ended')
    if (watchers.size === 0) finish()
    else watchersTimer ??= setTimeout(finish, WATCHERS_MS)
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
      applyBackPressure()
    },
    exited(how) {
      exit = how
      void endAllProcesses()
      announceExit()
    },
    closed() {
      closed = true
      // The exit event comes from another thread and can arrive later; or the shell outlives its terminal.
      void endAllProcesses().then(() => {
        if (ending || exit) return
        quietTimer = setTimeout(() => {
          exit ??= { code: null, signal: 'SIGHUP' }
          announceExit()
        }, EXIT_TIMEOUT_MS)
      })
      announceExit()
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
      onConsumed() {
        if (feed === writer?.feed) applyBackPressure()
        announceExit()
      }
    })
    return { client, feed }
  }

  async function cleanUp() {
    clearTimeout(detachTimer)
    clearTimeout(quietTimer)
    clearTimeout(watchersTimer)
    size.stop()
    await endAllProcesses()
    pty.close()
    for (const observer of observers) observer.ended()
    onEnded()
  }

  /** Closes all connections and ends every process. Resolves when they have ended. */
  function end(code: number, reason: string): Promise<void> {
    ending ??= cleanUp()
    for (const attachment of attachments()) drop(attachment, code, reason)
    return ending
  }

  /** Removes a closed connection. Without a writer the terminal waits RESUME_S for another one. */
  function detach(attachment: Attachment) {
    attachment.feed.stop()
    if (attachment !== writer) return void watchers.delete(attachment)
    applyBackPressure()
    writer = null
    if (!ending)
      detachTimer = setTimeout(() => void end(CLOSE.ended, 'no client resumed the terminal in time'), RESUME_S * 1000)
  }

  /** Input was lost, so the client must be disconnected. */
  function refuseInput(attachment: Attachment) {
    const reason = 'the program does not read its input, and the input queue is full'
    // A client that does not acknowledge cannot resume.
    if (!attachment.client.acknowledges) return void end(CLOSE.rule, reason)
    detach(attachment)
    attachment.client.close(CLOSE.rule, reason)
  }

  return {
    /** The process id of the shell. */
    pid: pty.pid,
    id,
    end,
    isEnding: () => ending !== null,
    isAttached: () => writer !== null,
    writer: () => writer,
    watchers: () => [...watchers] as readonly Attachment[],
    idleMs: () => now() - lastInput,
    /** Positions of the buffered output. */
    start: replay.start,
    position: replay.end,
    /** Position up to which the writer, or the last one, has consumed the output. */
    consumed: () => (writer ? writer.feed.consumed() : consumed),
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

    /** Makes a client the writer. It gets output only after `begin`, so that `opened` can be sent first. */
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
      applyBackPressure()
      announceExit()
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
