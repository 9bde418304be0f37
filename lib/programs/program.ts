import { type ChildProcess, spawn } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { withoutInheritedFds } from './spawn-clean.ts'

/**
 * The result of a run: it exited (`ended`), was killed because of the timeout (`slow`), its output (`long`) or the
 * shutdown (`stopped`), or could not be started (`missing`, `failed`).
 */
export type Ending =
  | { kind: 'ended'; code: number | null; stdout: string; stderr: string }
  | { kind: 'slow' | 'long' | 'missing' | 'stopped' }
  | { kind: 'failed'; reason: string }

export interface ProgramOptions {
  /** A path, or a name looked up in the PATH of programEnvironment. */
  file: string
  /** Timeout of one run, milliseconds. */
  timeoutMs: number
  /** Limit of its output, bytes. */
  maxBytes: number
  /** Nice value, -20 to 19. */
  niceness?: number
  /** Variables beside those of programEnvironment. */
  env?: Readonly<Record<string, string>>
}

export interface RunOptions {
  /** Replaces the timeout of ProgramOptions, milliseconds. */
  timeoutMs?: number
  /** Written to the program's standard input, for secrets and other text that must not be an argument. */
  input?: string
}

/** Runs the program once; never rejects. */
export type Run = (args: readonly string[], options?: RunOptions) => Promise<Ending>

const MAX_STDERR = 4096
/** Milliseconds to wait for a killed process; a process that waits for a dead disk does not exit. */
const GONE_MS = 1000

/** The complete environment of a program. The daemon's own environment contains secrets and is not passed on. */
export const programEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8'
}

/** Finds the path of a program; null if it does not exist. Throws other errors, such as EACCES. */
export async function findProgram(file: string): Promise<string | null> {
  let fault: unknown
  for (const path of file.includes('/')
    ? [file]
    : programEnvironment.PATH.split(':').map((folder) => join(folder, file))) {
    try {
      await access(path, constants.X_OK)
      return path
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT' && code !== 'ENOTDIR') fault = error
    }
  }
  if (fault !== undefined) throw fault
  return null
}

/** The output of a successful run. Throws an Error whose message says why the run failed. */
export function outputOf(ending: Ending, name: string): string {
  if (ending.kind === 'ended') {
    if (ending.code === 0) return ending.stdout
    const [firstLine = ''] = ending.stderr.trim().split(/[^\x20-\x7e]/, 1)
    throw new Error(`${name} ended with ${ending.code ?? 'a signal'}${firstLine && `: ${firstLine.slice(0, 200)}`}`)
  }
  const reasons = {
    missing: `${name} is not installed`,
    slow: `${name} took too long`,
    long: `${name} printed too much`,
    stopped: 'the daemon is shutting down',
    failed: `${name} cannot be started`
  }
  throw new Error(reasons[ending.kind])
}

/**
 * Runs a program, one run at a time; the caller must ensure that. The program gets no environment or open files from the
 * daemon, and only the given input. Its time and output are limited. Beyond the limits its whole process group is killed.
 * If it survives that, no second run is started until it exits.
 */
export function createProgram({ file, timeoutMs, maxBytes, niceness, env }: ProgramOptions) {
  const stopping = new AbortController()
  let isRunning = false

  const start = (
    path: string,
    args: readonly string[],
    { timeoutMs: limit = timeoutMs, input }: RunOptions,
    settle: (ending: Ending) => void
  ) => {
    // Detached: makes it the leader of a process group, so that one signal also reaches its children.
    const command = withoutInheritedFds(path, args)
    const child = spawn(command.file, command.args, {
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: { ...programEnvironment, ...env },
      cwd: '/'
    }) as ChildProcess & { stdout: Readable; stderr: Readable }
    // A program may exit without reading its input.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
    const printed: Buffer[] = []
    let length = 0
    let stderr = ''
    let isOver = false

    const end = (ending: Ending) => {
      isOver = true
      clearTimeout(timer)
      stopping.signal.removeEventListener('abort', stop)
      child.stdout.destroy()
      child.stderr.destroy()
      settle(ending)
    }
    const kill = (ending: Ending) => {
      if (isOver) return
      try {
        process.kill(-child.pid!, 'SIGKILL')
      } catch {
        // The process group has exited or was never started.
      }
      if (!isRunning) return end(ending)
      isOver = true
      child.once('exit', () => end(ending))
      setTimeout(end, GONE_MS, ending).unref()
    }
    const timer = setTimeout(kill, limit, { kind: 'slow' })
    const stop = () => kill({ kind: 'stopped' })
    stopping.signal.addEventListener('abort', stop)

    child.once('spawn', () => {
      isRunning = true
      try {
        if (niceness !== undefined) setPriority(child.pid!, niceness)
      } catch {
        // The program has already exited, or a sandbox forbids it: it keeps the default priority.
      }
    })
    child.once('exit', () => {
      isRunning = false
    })
    child.once('error', (error: NodeJS.ErrnoException) => end({ kind: 'failed', reason: error.code ?? error.message }))
    child.once('close', (code) => {
      if (!isOver) end({ kind: 'ended', code, stdout: Buffer.concat(printed).toString(), stderr })
    })
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > maxBytes) kill({ kind: 'long' })
      else printed.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk).slice(0, MAX_STDERR)
    })
  }

  return {
    async run(args: readonly string[], options: RunOptions = {}): Promise<Ending> {
      if (stopping.signal.aborted) return { kind: 'stopped' }
      if (isRunning) return { kind: 'slow' }
      try {
        const path = await findProgram(file)
        if (path === null) return { kind: 'missing' }
        if (stopping.signal.aborted) return { kind: 'stopped' }
        return await new Promise((settle) => start(path, args, options, settle))
      } catch (error) {
        // Some kernel errors, such as ENOMEM, are thrown instead of emitted.
        const { code, message } = error as NodeJS.ErrnoException
        return { kind: 'failed', reason: code ?? message }
      }
    },

    /** Kills the running program and prevents further runs. */
    stop: () => stopping.abort()
  }
}
