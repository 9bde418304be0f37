import { constants } from 'node:os'
import { ReadStream } from 'node:tty'
import { requireBinary } from '@lydell/node-pty/requireBinary.js'
import { withoutInheritedFds } from '../programs/spawn-clean.ts'
import { createInput, writeTo } from './input.ts'

export interface Exit {
  code: number | null
  signal: string | null
}

/** Events of a PTY. `closed` comes last: no output follows. */
export interface PtyEvents {
  output(bytes: Buffer): void
  exited(exit: Exit): void
  closed(): void
  /** The input queue has passed its high watermark (true) or fallen below the low one (false). */
  inputFull(full: boolean): void
}

export interface PtyOptions {
  file: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
  cwd: string
  cols: number
  rows: number
}

// The package's own class is not used: 200 ms after the exit it drops unread output.
interface Native {
  fork(
    file: string,
    args: readonly string[],
    env: string[],
    cwd: string,
    cols: number,
    rows: number,
    uid: number,
    gid: number,
    utf8: boolean,
    helper: string,
    onExit: (code: number, signal: number) => void
  ): { fd: number; pid: number; pty: string }
  resize(fd: number, cols: number, rows: number): void
}

const nameOf = (signal: number): string =>
  Object.entries(constants.signals).find(([, number]) => number === signal)?.[0] ?? String(signal)

/** Starts a program in a new PTY and session. Throws the system's error if no PTY can be opened. */
export function openPty({ file, args, env, cwd, cols, rows }: PtyOptions, events: PtyEvents) {
  const native = requireBinary('pty.node') as Native
  const pairs = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const wrapped = withoutInheritedFds(file, args)
  const { fd, pid, pty } = native.fork(
    wrapped.file,
    wrapped.args,
    pairs,
    cwd,
    cols,
    rows,
    -1,
    -1,
    true,
    '',
    (code, signal) => {
      input.stop()
      events.exited(signal === 0 ? { code, signal: null } : { code: null, signal: nameOf(signal) })
    }
  )
  const stream = new ReadStream(fd)
  const input = createInput({ write: writeTo(fd), onFull: events.inputFull })
  stream.on('data', events.output)
  // EIO: the last process has closed the PTY. 'close' follows.
  stream.on('error', () => input.stop())
  stream.on('close', () => {
    input.stop()
    events.closed()
  })

  return {
    pid,
    /** `/dev/pts/N`. */
    tty: pty,
    /** False if the input queue is full. */
    // Once the stream is closed, its descriptor number may be reused: never write to it then.
    write: (bytes: Buffer): boolean => stream.destroyed || input.push(bytes),
    isFull: input.isFull,
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    resize(cols: number, rows: number) {
      if (!stream.destroyed) native.resize(fd, cols, rows)
    },
    close() {
      input.stop()
      stream.destroy()
    }
  }
}
export type Pty = ReturnType<typeof openPty>
