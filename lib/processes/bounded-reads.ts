import { createSerialQueue } from '../concurrency/serial-queue.ts'

/** The text, or the reason why it could not be read. */
export interface ReadAnswer {
  text: string | null
  reason: string | null
}

/** Limit of timed-out reads that still hang: each blocks one of the four threads of libuv's pool. */
const MAX_HANGING = 2

const reasonOf = (name: string, { code }: NodeJS.ErrnoException) =>
  `${name} cannot be read (${code ?? 'unknown error'})`

/**
 * Reads files that need a process's memory lock (cmdline, smaps_rollup), which a dead network file system can hold
 * without limit. One read runs at a time, with a timeout. While two timed-out reads hang, no read is started.
 */
export function createBoundedReads() {
  const enqueue = createSerialQueue()
  let hanging = 0

  async function read(name: string, timeoutMs: number, begin: () => Promise<string>): Promise<ReadAnswer> {
    if (hanging >= MAX_HANGING) return { text: null, reason: `${name} is not read while other processes do not answer` }
    let timer: NodeJS.Timeout | undefined
    let hasTimedOut = false
    const reading = begin().then(
      (text) => ({ text, reason: null }),
      (error) => ({ text: null, reason: reasonOf(name, error) })
    )
    const timedOut = new Promise<ReadAnswer>((resolve) => {
      timer = setTimeout(() => {
        hasTimedOut = true
        hanging++
        resolve({ text: null, reason: `${name} does not answer` })
      }, timeoutMs)
    })
    void reading.then(() => {
      if (hasTimedOut) hanging--
    })
    return Promise.race([reading, timedOut]).finally(() => clearTimeout(timer))
  }

  return (name: string, timeoutMs: number, begin: () => Promise<string>): Promise<ReadAnswer> =>
    enqueue(() => read(name, timeoutMs, begin))
}
export type BoundedReads = ReturnType<typeof createBoundedReads>

/** For files the kernel answers without waiting. */
export const readNow = (name: string, reading: Promise<string>): Promise<ReadAnswer> =>
  reading.then(
    (text) => ({ text, reason: null }),
    (error) => ({ text: null, reason: reasonOf(name, error) })
  )
