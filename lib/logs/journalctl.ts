import { spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { programEnvironment } from '../programs/program.ts'
import { withoutInheritedFds } from '../programs/spawn-clean.ts'

/** A message of 64 KiB fits in every form that JSON gives it. */
const MAX_LINE = 1024 * 1024
const MAX_STDERR = 4096
/** Milliseconds that a killed process gets to end. */
const EXIT_MS = 1000

/** A line; or the end of the output, silence for too long, or a part of a line of more than 1 MiB, which is left out. */
export type Line =
  | { kind: 'line'; text: string; bytes: number }
  | { kind: 'long'; bytes: number }
  | { kind: 'end' | 'slow' }

export interface Journalctl {
  /** The next line, which has to come within so many milliseconds. */
  nextLine(withinMs: number): Promise<Line>
  /** What it complained about, a line each. */
  complaints(): string[]
  /** Why it failed; null where it did not, or was ended by `close`. */
  failure(): string | null
  /** Ends it, if it still runs, and waits until it is gone. */
  close(): Promise<void>
}

/**
 * One run of journalctl, read line by line. It writes no faster than its lines are read: its pipe is full after 64 KiB.
 * It gets no input, nothing of our environment or our open files. `signal` ends it.
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
      // It has ended already, or was never started.
    }
  }
  signal.addEventListener('abort', kill)
  if (signal.aborted) kill()
  // The descriptor of a program that could not be started reports its own error.
  child.stdout.on('error', () => {})
  child.stderr.on('error', () => {})
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk).slice(0, MAX_STDERR)
  })
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let unread = Buffer.alloc(0)
  /** The line that is being read is too long. */
  let isLong = false

  async function nextChunk(withinMs: number): Promise<Buffer | 'end' | 'slow'> {
    const timer = new AbortController()
    const late = wait(withinMs, 'slow' as const, { signal: timer.signal }).catch(() => 'slow' as const)
    const next = chunks.next().then(
      ({ done, value }) => (done ? ('end' as const) : value),
      () => 'end' as const
    )
    const chunk = await Promise.race([next, late])
    // The exit code comes after the end of the output.
    if (chunk === 'end') await Promise.race([gone, late])
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
        // Its advice to a person at a shell is left out.
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
