import { constants } from 'node:os'
import { ReadStream } from 'node:tty'
import { requireBinary } from '@lydell/node-pty/requireBinary.js'
import { withoutInheritedFds } from '../programs/spawn-clean.ts'
import { createInput, writeTo } from './input.ts'

export interface Exit {
  code: number | null
  signal: string | null
}

/** What happens in a PTY. `closed` comes last: nothing is shown any more. */
export interface PtyEvents {
  output(bytes: Buffer): void
  exited(exit: Exit): void
  closed(): void
  /** Much was typed that the program has not read yet, or most of it has been read. */
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

// Not the package's own class around it: 200 ms after the exit that drops what has not been read yet.
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

/** Starts a program in a PTY and a session of its own. Throws the system's error where none can be had. */
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
  // EIO: the last process that had it open is gone. 'close' follows.
  stream.on('error', () => input.stop())
  stream.on('close', () => {
    input.stop()
    events.closed()
  })

  return {
    pid,
    /** /dev/pts/N. */
    tty: pty,
    /** False where too much waits for the program already. */
    // Whoever has the number next is not ours to write to.
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
