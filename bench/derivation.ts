import { pbkdf2Sync } from 'node:crypto'
import { setPriority } from 'node:os'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

/** Sent to this process over its IPC channel. */
export interface DerivationOrder {
  threads: number
  iterations: number
  /** Derivations by each thread. */
  each: number
}

function derive(each: number, iterations: number): void {
  for (let i = 0; i < each; i++) pbkdf2Sync('password', 'a salt of 16 byt', iterations, 32, 'sha256')
}

// The time of PBKDF2 alone, at the priority of the daemon's hashing threads. Answers each order with milliseconds.
if (!isMainThread) {
  derive(workerData.each, workerData.iterations)
} else {
  setPriority(10)
  process.on('message', async ({ threads, iterations, each }: DerivationOrder) => {
    const begin = performance.now()
    const runs = Array.from(
      { length: threads },
      () =>
        new Promise<void>((done, fail) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: { each, iterations } })
          worker.once('exit', () => done()).once('error', fail)
        })
    )
    await Promise.all(runs)
    process.send!(performance.now() - begin)
  })
}
