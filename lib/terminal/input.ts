import { writeSync } from 'node:fs'
import { LITTLE_INPUT, MAX_INPUT, MUCH_INPUT } from './limits.ts'

const PIECE = 64 * 1024
const LONGEST_WAIT_MS = 50

export interface InputOptions {
  /** Writes what it can now; 0 where the program does not read. Throws when there is nobody to read. */
  write: (bytes: Buffer, offset: number, length: number) => number
  /** Told when much waits, and when most of it has been read. */
  onFull: (full: boolean) => void
}

/** The PTY's file descriptor, which never blocks. */
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
 * What was typed and waits for the program. Not through the stream the PTY is read by: a write that fails, because the
 * program has just ended, would destroy the stream, and what it had still to show.
 */
export function createInput({ write, onFull }: InputOptions) {
  let queue: Buffer[] = []
  let offset = 0
  let waiting = 0
  let full = false
  let pause = 0
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const tell = () => {
    if (full ? waiting > LITTLE_INPUT : waiting <= MUCH_INPUT) return
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
        written = write(bytes, offset, Math.min(bytes.length - offset, PIECE))
      } catch {
        return stop()
      }
      if (written === 0) {
        // libuv would be told when there is room, but only of the stream: see above.
        pause = Math.min(pause * 2 || 1, LONGEST_WAIT_MS)
        timer = setTimeout(flush, pause)
        break
      }
      pause = 0
      offset += written
      waiting -= written
      if (offset === bytes.length) {
        queue.shift()
        offset = 0
      }
    }
    tell()
  }

  return {
    /** False where too much waits already: nothing of it is taken. */
    push(bytes: Buffer): boolean {
      if (stopped || bytes.length === 0) return true
      if (waiting + bytes.length > MAX_INPUT) return false
      queue.push(bytes)
      waiting += bytes.length
      if (timer === undefined) flush()
      else tell()
      return true
    },
    isFull: () => full,
    stop
  }
}
