import { availableParallelism } from 'node:os'
import type { Piscina } from 'piscina'
import { Refusal } from '../../api/errors.ts'
import { locations } from '../../startup/locations.ts'
import { ITERATIONS, type VerifyResult } from './derive.ts'
import type { Task } from './worker.ts'

export interface HasherOptions {
  /** Concurrent hashes; by default one fewer than the CPU threads, at most 4. */
  threads?: number
  /** Length of the queue; further hashes are rejected. */
  queue?: number
  /** Iterations of new hashes. Only tests set another number. */
  iterations?: number
}

/** Hashes passwords in separate threads, which keeps the event loop and the file-system thread pool free. */
export interface Hasher {
  /** True when the queue is full: refuse before any other work. */
  isBusy(): boolean
  hash(password: string): Promise<string>
  /** A set of backup codes, under one salt. */
  hashCodes(codes: readonly string[]): Promise<string[]>
  /** Costs at least as many iterations as a new hash, and at least `atLeast`. */
  verify(password: string, stored: string | null, atLeast?: number): Promise<VerifyResult>
  /** Index of the hash a code matches, or -1. */
  find(code: string, stored: readonly string[]): Promise<number>
  close(): Promise<void>
}

export class HasherBusyError extends Refusal {
  override readonly name = 'HasherBusyError'

  constructor(message = 'too many passwords are being checked') {
    super(message)
  }
}

const defaultThreads = () => Math.max(1, Math.min(4, availableParallelism() - 1))

/** Threads start with the first password and end when idle. Methods throw HasherBusyError when the queue is full. */
export function createHasher(options: HasherOptions = {}): Hasher {
  const { threads = defaultThreads(), queue = 16, iterations = ITERATIONS } = options
  let pool: Promise<Piscina> | undefined
  let pending = 0

  const start = async (): Promise<Piscina> => {
    const { Piscina } = await import('piscina')
    return new Piscina({
      filename: locations.passwordWorker,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: 30_000,
      execArgv: []
    })
  }

  const isBusy = () => pending >= threads + queue
  const run = async (task: Task): Promise<unknown> => {
    if (isBusy()) throw new HasherBusyError()
    pending++
    try {
      pool ??= start()
      return await (await pool).run(task)
    } finally {
      pending--
    }
  }

  return {
    isBusy,
    hash: (password) => run({ kind: 'hash', password, iterations }) as Promise<string>,
    hashCodes: (codes) => run({ kind: 'hash-codes', codes, iterations }) as Promise<string[]>,
    verify: (password, stored, atLeast = 0) =>
      run({
        kind: 'verify',
        password,
        stored,
        atLeast: Math.max(iterations, atLeast),
        iterations
      }) as Promise<VerifyResult>,
    find: (code, stored) => run({ kind: 'find', code, stored }) as Promise<number>,
    async close() {
      await (await pool)?.close({ force: true })
    }
  }
}
