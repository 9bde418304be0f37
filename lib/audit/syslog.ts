import { type ChildProcess, spawn } from 'node:child_process'
import { parseSyslogTarget } from '../net/formats.ts'
import { withoutInheritedFds } from '../programs/spawn-clean.ts'
import { findProgram } from '../terminal/login.ts'
import { type AuditEntry, formatSyslogLine } from './line.ts'

export interface SyslogOptions {
  /** A socket's absolute path, or `host:port` for UDP. */
  target: string
  /** logger of util-linux. */
  command?: string
  firstRetryMs?: number
  /** Told once when sending starts to fail and, with null, once when it works again. */
  onTrouble?: (error: Error | null) => void
}

const LAST_RETRY_MS = 60_000
/** A logger that lived that long was started rightly. */
const STEADY_MS = 2000
const MAX_WAITING = 1000
/** What a logger that takes nothing may leave in this process. */
const MAX_UNTAKEN = 256 * 1024

// Nothing of the daemon's own environment: its variables hold a secret.
const environment = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C.UTF-8' }

function argumentsOf(target: string): string[] {
  // The longest line is kept in one piece: a second one would begin with what a client chose.
  const common = ['--tag=proxmenux.auth', '--prio-prefix', '--size=8192', '--socket-errors=on']
  const parsed = parseSyslogTarget(target)!
  if ('path' in parsed) return [...common, `--socket=${parsed.path}`]
  return [...common, `--server=${parsed.host}`, `--port=${parsed.port}`, '--udp', '--rfc5424']
}

/**
 * Sends events to syslog by one long-lived `logger`, started with the first event and again, ever more seldom, when it
 * ends or complains. Its callers never wait: up to 1,000 lines do, and what a logger that hangs does not take is dropped.
 * What was given to a logger that then ended is lost; the log file has it.
 */
export function createSyslog(options: SyslogOptions) {
  const { target, command = 'logger', firstRetryMs = 1000, onTrouble } = options
  let child: ChildProcess | undefined
  /** The child has been started and takes lines. */
  let isReady = false
  /** It has left so many that one was dropped. */
  let isStuck = false
  let waiting: string[] = []
  let dropped = 0
  let trouble: Error | null = null
  let pause = firstRetryMs
  let retry: NodeJS.Timeout | undefined
  let closed = false

  const tell = (next: Error | null) => {
    const isNews = (next === null) !== (trouble === null)
    trouble = next
    if (isNews) onTrouble?.(next)
  }

  const start = () => {
    retry = undefined
    const path = findProgram(command)
    if (path === null) throw new Error(`${command} is not installed`)
    const { file, args } = withoutInheritedFds(path, argumentsOf(target))
    const started = spawn(file, args, { stdio: ['pipe', 'ignore', 'pipe'], env: environment })
    child = started
    isStuck = false
    let complaint = ''
    const steady = setTimeout(() => {
      pause = firstRetryMs
      if (!isStuck) tell(null)
    }, STEADY_MS).unref()

    const end = (reason: string) => {
      clearTimeout(steady)
      if (child !== started) return
      child = undefined
      isReady = false
      if (!closed) restart(new Error(complaint.trim() || reason))
    }
    started.once('spawn', () => {
      isReady = true
      const lines = waiting
      waiting = []
      for (const line of lines) send(line)
    })
    started.once('error', (error) => end(error.message))
    started.once('close', (code, signal) => end(`${command} ended with ${code ?? signal}`))
    // A logger that cannot send says so and goes on: the next one opens its socket anew.
    started.stderr?.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk}`.slice(-500)
      isReady = false
      started.kill()
    })
    // What went wrong is told by its end.
    started.stdin?.on('error', () => {})
    started.stdin?.on('drain', () => {
      if (isStuck && child === started) tell(null)
      isStuck = false
    })
  }

  const tryStart = () => {
    try {
      start()
    } catch (error) {
      restart(error as Error)
    }
  }

  const restart = (error: Error) => {
    tell(error)
    retry = setTimeout(tryStart, pause).unref()
    pause = Math.min(2 * pause, LAST_RETRY_MS)
  }

  const send = (line: string) => {
    const { stdin } = child!
    if (!stdin!.writable || stdin!.writableLength > MAX_UNTAKEN) {
      dropped++
      isStuck = true
      tell(new Error(`${command} takes no lines`))
    } else stdin!.write(line)
  }

  return {
    /** Never throws, never waits. */
    append(entry: AuditEntry): void {
      if (closed) return
      const line = formatSyslogLine(entry)
      if (isReady) {
        send(line)
        return
      }
      waiting.push(line)
      if (waiting.length > MAX_WAITING) {
        waiting.shift()
        dropped++
      }
      if (child === undefined && retry === undefined) tryStart()
    },

    /** Sending as it stands now, for health. */
    state: () => ({ writable: trouble === null, error: trouble?.message ?? null, waiting: waiting.length, dropped }),

    /** Lets the logger send what it was given, for at most `withinMs`, and ends it. */
    async close(withinMs = 1000): Promise<void> {
      closed = true
      clearTimeout(retry)
      const last = child
      if (!last?.stdin || last.exitCode !== null || last.signalCode !== null) return
      const ended = new Promise((done) => last.once('close', done))
      last.stdin.end(waiting.join(''))
      waiting = []
      const late = setTimeout(() => last.kill('SIGKILL'), withinMs)
      await ended
      clearTimeout(late)
    }
  }
}
