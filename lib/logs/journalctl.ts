import { spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { programEnvironment } from '../programs/program.ts'
import { withoutInheritedFds } from '../programs/spawn-clean.ts'

/** Enough for a message of 64 KiB in any JSON encoding. */
const MAX_LINE = 1024 * 1024
const MAX_STDERR = 4096
/** Milliseconds to wait for a killed process. */
const EXIT_MS = 1000

/** A line, a skipped part of a line above 1 MiB (`long`), the end of the output, or a timeout (`slow`). */
export type Line =
  | { kind: 'line'; text: string; bytes: number }
  | { kind: 'long'; bytes: number }
  | { kind: 'end' | 'slow' }

export interface Journalctl {
  /** The next line; `slow` after `withinMs` milliseconds. */
  nextLine(withinMs: number): Promise<Line>
  /** Lines of its standard error. */
  complaints(): string[]
  /** Why it failed; null if it succeeded or was killed by `close`. */
  failure(): string | null
  /** Kills it if it still runs, and waits for its exit, at most a second. */
  close(): Promise<void>
}

/**
 * Starts journalctl and reads its output line by line. The pipe provides back-pressure after 64 KiB. The program gets no
 * input, environment or open files from the daemon. `signal` kills it.
 */
export function startJournalctl(path: string, args: readonly string[], signal: AbortSignal): Journalctl {
  const command = withoutInheritedFds(path, args)
  const child = spawn(command.file, command.args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: programEnvironment,
    cwd: '/'
  })
  let stderr = ''
  let failure: string | null = null
  let isGone = false
  let isKilled = false
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      failure = `journalctl cannot be started (${error.code})`
      isGone = true
      resolve()
    })
    child.once('exit', (code, endedBy) => {
      if (code !== 0 && !isKilled) failure = `journalctl ended with ${code ?? endedBy}`
      isGone = true
      resolve()
    })
  })
  const kill = () => {
    if (isGone || isKilled) return
    isKilled = true
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // It has already exited, or was never started.
    }
  }
  signal.addEventListener('abort', kill)
  if (signal.aborted) kill()
  // If the program cannot be started, its pipes emit errors too.
  child.stdout.on('error', () => {})
  child.stderr.on('error', () => {})
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk).slice(0, MAX_STDERR)
  })
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let unread = Buffer.alloc(0)
  /** The current line is too long. */
  let isLong = false

  async function nextChunk(withinMs: number): Promise<Buffer | 'end' | 'slow'> {
    const timer = new AbortController()
    const timeout = wait(withinMs, 'slow' as const, { signal: timer.signal }).catch(() => 'slow' as const)
    const next = chunks.next().then(
      ({ done, value }) => (done ? ('end' as const) : value),
      () => 'end' as const
    )
    const chunk = await Promise.race([next, timeout])
    // The exit code arrives after the end of the output.
    if (chunk === 'end') await Promise.race([gone, timeout])
    timer.abort()
    return chunk
  }

  return {
    async nextLine(withinMs) {
      for (let searched = 0; ; ) {
        const end = unread.indexOf(0x0a, searched)
        if (end !== -1) {
          const text = unread.toString('utf8', 0, end)
          const wasLong = isLong
          unread = unread.subarray(end + 1)
          isLong = false
          return wasLong ? { kind: 'long', bytes: end + 1 } : { kind: 'line', text, bytes: end + 1 }
        }
        if (unread.length > MAX_LINE) {
          const bytes = unread.length
          unread = Buffer.alloc(0)
          isLong = true
          return { kind: 'long', bytes }
        }
        searched = unread.length
        const chunk = await nextChunk(withinMs)
        if (typeof chunk === 'string') return { kind: chunk }
        unread = Buffer.concat([unread, chunk])
      }
    },
    complaints: () =>
      stderr
        .split('\n')
        .map((line) => line.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 200))
        // Omits hints meant for an interactive user.
        .filter((line) => line !== '' && !/^(Hint: |Use SYSTEMD_)/.test(line)),
    failure: () => failure,
    async close() {
      kill()
      signal.removeEventListener('abort', kill)
      child.stdout.destroy()
      child.stderr.destroy()
      await Promise.race([gone, wait(EXIT_MS, undefined, { ref: false })])
    }
  }
}
