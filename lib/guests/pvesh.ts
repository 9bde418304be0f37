import { createSemaphore } from '../concurrency/semaphore.ts'
import { createProgram, type Ending } from '../programs/program.ts'

/** Proxmox VE did not answer, or refused; the message says why, in words for the operator. */
export class PveshError extends Error {
  override readonly name = 'PveshError'
}

export interface PveshOptions {
  /** Path or name of the program. */
  file?: string | undefined
  /** Replaces the timeout of each run, milliseconds. */
  timeoutMs?: number | undefined
}

/** A run in the background. `ended` never rejects; `stop` kills the program. */
export interface Started {
  ended: Promise<Ending>
  stop: () => void
}

type Words = Readonly<Record<string, string | number>>

/** Each run takes about a second of CPU time (docs/decisions/0024), and memory for all of Proxmox's Perl. */
const MAX_READING = 2
const MAX_WAITING = 32
const READ_TIMEOUT_MS = 20_000
/** A year of history takes a tenth of it, the log of a long backup half. */
const MAX_OUTPUT = 4 * 1024 * 1024
const MAX_REASON = 300
/** As for all of the daemon's readings of Proxmox VE: the guests are more important. */
const NICENESS = 10

const optionsOf = (options: Words) => Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`])

/** The lines of an error message, as one line of printable characters. */
const printable = (text: string) =>
  text
    .replaceAll(/[^\P{Cc}\n]/gu, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Why a run failed. */
export function faultOf(ending: Ending): string {
  if (ending.kind === 'ended') {
    const lines = printable(ending.stderr)
    // Only the first line says why another node does not answer; the second is the command of ssh.
    const text = (lines[0]?.startsWith('ssh: ') ? lines.slice(0, 1) : lines)
      .join(' ')
      .slice(0, MAX_REASON)
      .toWellFormed()
    if (text !== '') return text
    return ending.code === null ? 'pvesh was killed' : `pvesh ended with ${ending.code}`
  }
  const reasons = {
    missing: 'pvesh is not installed',
    slow: 'Proxmox VE did not answer in time',
    long: 'the answer of Proxmox VE is too long',
    stopped: 'the daemon is shutting down',
    failed: 'pvesh cannot be started'
  }
  return reasons[ending.kind]
}

/**
 * Runs pvesh, which also asks the other nodes of a cluster. Paths contain only names that were validated. At most two
 * readings run at a time; the caller bounds the number of actions.
 */
export function createPvesh({ file = 'pvesh', timeoutMs }: PveshOptions) {
  const acquire = createSemaphore(MAX_READING, MAX_WAITING)
  const running = new Set<() => void>()
  let isClosed = false

  function start(args: readonly string[], limitMs: number, niceness?: number): Started {
    if (isClosed) return { ended: Promise.resolve({ kind: 'stopped' }), stop: () => {} }
    const { run, stop } = createProgram({
      file,
      timeoutMs: timeoutMs ?? limitMs,
      maxBytes: MAX_OUTPUT,
      ...(niceness !== undefined && { niceness })
    })
    running.add(stop)
    const ended = run(args).finally(() => running.delete(stop))
    return { ended, stop }
  }

  return {
    /** Reads a path of the API; undefined if the answer is empty. Throws a PveshError. */
    async get(path: string, options: Words = {}, limitMs = READ_TIMEOUT_MS): Promise<unknown> {
      const release = await acquire()
      if (release === null) throw new PveshError('Proxmox VE is being asked for too much at once')
      try {
        const { ended } = start(['get', path, ...optionsOf(options), '--output-format', 'json'], limitMs, NICENESS)
        const ending = await ended
        if (ending.kind !== 'ended' || ending.code !== 0) throw new PveshError(faultOf(ending))
        if (ending.stdout.trim() === '') return undefined
        try {
          return JSON.parse(ending.stdout)
        } catch {
          throw new PveshError('the answer of Proxmox VE is not JSON')
        }
      } finally {
        release()
      }
    },

    /** Calls an action. It ends when the task of the action has ended, successfully or not. */
    create: (path: string, options: Words, limitMs: number): Started =>
      start(['create', path, ...optionsOf(options), '--output-format', 'json'], limitMs),

    isClosed: () => isClosed,

    /** Kills running programs and prevents further runs. */
    close(): void {
      isClosed = true
      for (const stop of running) stop()
    }
  }
}
export type Pvesh = ReturnType<typeof createPvesh>
