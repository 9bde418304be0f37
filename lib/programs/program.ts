import { spawn } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { withoutInheritedFds } from './spawn-clean.ts'

/** How a run went: it ended by itself, was ended for its slowness or length, or never began. */
export type Ending =
  | { kind: 'ended'; code: number | null; stdout: string; stderr: string }
  | { kind: 'slow' | 'long' | 'missing' | 'stopped' }
  | { kind: 'failed'; reason: string }

export interface ProgramOptions {
  /** A path, or a name looked up in the usual places. */
  file: string
  /** Milliseconds one run may take. */
  timeoutMs: number
  /** Bytes it may print. */
  maxBytes: number
  /** Its niceness, -20 to 19. */
  niceness?: number
}

/** Runs the program once; never rejects. */
export type Run = (args: readonly string[]) => Promise<Ending>

const MAX_STDERR = 4096
/** Milliseconds a killed process gets to be gone; one that waits for a dead disk will not be. */
const GONE_MS = 1000

/** The whole environment of a program: nothing of the daemon's own, which holds secrets. */
export const programEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8'
}

/** The path of a program; null where there is none. Throws what else keeps it from being run. */
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

/** What a run printed that went well. Throws in words why there is nothing. */
export function outputOf(ending: Ending, name: string): string {
  if (ending.kind === 'ended') {
    if (ending.code === 0) return ending.stdout
    const [complaint = ''] = ending.stderr.trim().split(/[^\x20-\x7e]/, 1)
    throw new Error(`${name} ended with ${ending.code ?? 'a signal'}${complaint && `: ${complaint.slice(0, 200)}`}`)
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
 * A program that is run now and then, one run at a time (its caller sees to that), and cannot hurt who runs it: no input,
 * nothing of our environment or our open files, bounded in time and output. What outstays that is killed together with
 * all it started; while even that has not ended it, no second one is started.
 */
export function createProgram({ file, timeoutMs, maxBytes, niceness }: ProgramOptions) {
  const stopping = new AbortController()
  let isRunning = false

  const start = (path: string, args: readonly string[], settle: (ending: Ending) => void) => {
    // Detached: it leads a process group of its own, so that one signal reaches its children too.
    const command = withoutInheritedFds(path, args)
    const child = spawn(command.file, command.args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: programEnvironment,
      cwd: '/'
    })
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
        // All of the group is gone, or none of it was ever there.
      }
      if (!isRunning) return end(ending)
      isOver = true
      child.once('exit', () => end(ending))
      setTimeout(end, GONE_MS, ending).unref()
    }
    const timer = setTimeout(kill, timeoutMs, { kind: 'slow' })
    const stop = () => kill({ kind: 'stopped' })
    stopping.signal.addEventListener('abort', stop)

    child.once('spawn', () => {
      isRunning = true
      try {
        if (niceness !== undefined) setPriority(child.pid!, niceness)
      } catch {
        // It is over already, or a sandbox forbids it: then it runs like others.
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
    async run(args: readonly string[]): Promise<Ending> {
      if (stopping.signal.aborted) return { kind: 'stopped' }
      if (isRunning) return { kind: 'slow' }
      try {
        const path = await findProgram(file)
        if (path === null) return { kind: 'missing' }
        if (stopping.signal.aborted) return { kind: 'stopped' }
        return await new Promise((settle) => start(path, args, settle))
      } catch (error) {
        // Some faults of the kernel (no memory) are thrown and not told.
        const { code, message } = error as NodeJS.ErrnoException
        return { kind: 'failed', reason: code ?? message }
      }
    },

    /** Ends what runs; from now on nothing is started. */
    stop: () => stopping.abort()
  }
}
