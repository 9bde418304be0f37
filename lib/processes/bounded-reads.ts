import { createSerialQueue } from '../concurrency/serial-queue.ts'

/** What was read, or why not. */
export interface ReadAnswer {
  text: string | null
  reason: string | null
}

/** Reads that may be given up and still hang: libuv's pool has four threads, and others need them. */
const MAX_LATE = 2

const reasonOf = (what: string, { code }: NodeJS.ErrnoException) =>
  `${what} cannot be read (${code ?? 'unknown error'})`

/**
 * For what takes a process's memory lock (cmdline, smaps_rollup), which a dead network file system may hold for ever: one
 * read at a time, given up after its patience; with two given up and still hanging, none is begun.
 */
export function createBoundedReads() {
  const inTurn = createSerialQueue()
  let late = 0

  async function read(what: string, patienceMs: number, begin: () => Promise<string>): Promise<ReadAnswer> {
    if (late >= MAX_LATE) return { text: null, reason: `${what} is not read while other processes do not answer` }
    let timer: NodeJS.Timeout | undefined
    let isLate = false
    const reading = begin().then(
      (text) => ({ text, reason: null }),
      (error) => ({ text: null, reason: reasonOf(what, error) })
    )
    const tooLong = new Promise<ReadAnswer>((resolve) => {
      timer = setTimeout(() => {
        isLate = true
        late++
        resolve({ text: null, reason: `${what} does not answer` })
      }, patienceMs)
    })
    void reading.then(() => {
      if (isLate) late--
    })
    return Promise.race([reading, tooLong]).finally(() => clearTimeout(timer))
  }

  return (what: string, patienceMs: number, begin: () => Promise<string>): Promise<ReadAnswer> =>
    inTurn(() => read(what, patienceMs, begin))
}
export type BoundedReads = ReturnType<typeof createBoundedReads>

/** For what the kernel answers at once. */
export const readNow = (what: string, reading: Promise<string>): Promise<ReadAnswer> =>
  reading.then(
    (text) => ({ text, reason: null }),
    (error) => ({ text: null, reason: reasonOf(what, error) })
  )
