import { writeSync } from 'node:fs'
import { INPUT_HIGH_WATERMARK, INPUT_LOW_WATERMARK, MAX_INPUT } from './limits.ts'

const CHUNK_BYTES = 64 * 1024
const MAX_RETRY_MS = 50

export interface InputOptions {
  /**
   * Writes without blocking and returns the bytes written; 0 if the program does not read. Throws if the PTY is closed.
   */
  write: (bytes: Buffer, offset: number, length: number) => number
  /** Called with true when the queue passes the high watermark, with false when it falls below the low one. */
  onFull: (full: boolean) => void
}

/** Writes to the PTY's file descriptor, which is non-blocking. */
export const writeTo =
  (fd: number): InputOptions['write'] =>
  (bytes, offset, length) => {
    try {
      return writeSync(fd, bytes, offset, length)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0
      throw error
    }
  }

/**
 * Queues input for the program. It does not use the stream that reads the PTY: a write that fails because the program
 * has just ended would destroy that stream, and its unread output.
 */
export function createInput({ write, onFull }: InputOptions) {
  let queue: Buffer[] = []
  let offset = 0
  let waiting = 0
  let full = false
  let retryMs = 0
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const reportFullness = () => {
    if (full ? waiting > INPUT_LOW_WATERMARK : waiting <= INPUT_HIGH_WATERMARK) return
    full = !full
    onFull(full)
  }

  const stop = () => {
    clearTimeout(timer)
    timer = undefined
    stopped = true
    queue = []
    waiting = 0
  }

  const flush = () => {
    timer = undefined
    while (queue.length > 0) {
      const bytes = queue[0]!
      let written: number
      try {
        written = write(bytes, offset, Math.min(bytes.length - offset, CHUNK_BYTES))
      } catch {
        return stop()
      }
      if (written === 0) {
        // libuv reports a writable descriptor only through the stream, which is not used here: poll instead.
        retryMs = Math.min(retryMs * 2 || 1, MAX_RETRY_MS)
        timer = setTimeout(flush, retryMs)
        break
      }
      retryMs = 0
      offset += written
      waiting -= written
      if (offset === bytes.length) {
        queue.shift()
        offset = 0
      }
    }
    reportFullness()
  }

  return {
    /** False if the queue is full; then `bytes` are dropped. */
    push(bytes: Buffer): boolean {
      if (stopped || bytes.length === 0) return true
      if (waiting + bytes.length > MAX_INPUT) return false
      queue.push(bytes)
      waiting += bytes.length
      if (timer === undefined) flush()
      else reportFullness()
      return true
    },
    isFull: () => full,
    stop
  }
}
