import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createEvents, formatHeader, type RecordedTerminal } from './asciicast.ts'

export interface RecordingOptions {
  path: string
  about: RecordedTerminal
  /** Milliseconds since the epoch. */
  startedAt: number
  /** Milliseconds that never go back. */
  monotonicNow?: () => number
  maxBytes?: number
  /** How a piece is put at the end of the file. */
  append?: (file: FileHandle, bytes: Buffer) => Promise<unknown>
  /** Told once, when it cannot be written and has ended because of that. */
  onFault: (error: Error) => void
  /** Told after something was written. */
  onWritten?: () => void
}

export const MAX_RECORDING_BYTES = 20 * 1024 * 1024
const MAX_WAITING = 1024 * 1024
/** What the line that tells of the end may take. */
const END_BYTES = 512
const WRITE_EVERY_MS = 250
const WRITE_AT = 64 * 1024

const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW } = constants

/**
 * What a terminal shows, as an asciicast. Its callers never wait: pieces are written some times a second, at most 1 MB waits.
 * A disk that is full, or too slow, ends the recording and nothing else; the file then ends with a whole line.
 */
export function createRecording(options: RecordingOptions) {
  const { path, about, startedAt, monotonicNow = () => performance.now(), maxBytes = MAX_RECORDING_BYTES } = options
  const append = options.append ?? ((file, bytes) => file.appendFile(bytes))
  const since = monotonicNow()
  const events = createEvents(() => monotonicNow() - since)
  let waiting: string[] = [formatHeader(about, startedAt)]
  let waitingBytes = Buffer.byteLength(waiting[0]!)
  let bytes = waitingBytes
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  let file: FileHandle | undefined
  let written = 0

  const write = async (): Promise<void> => {
    const piece = Buffer.from(waiting.join(''))
    waiting = []
    waitingBytes = 0
    file ??= await open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
    await append(file, piece)
    written += piece.length
    options.onWritten?.()
  }

  const fail = async (error: Error): Promise<void> => {
    isOver = true
    waiting = []
    options.onFault(error)
    await file?.truncate(written).catch(() => {})
  }

  let writing = Promise.resolve()
  const writeNow = () => {
    clearTimeout(timer)
    timer = undefined
    writing = writing
      .then(async () => {
        if (waiting.length > 0) await write()
      })
      .catch(fail)
  }

  const push = (lines: string[]) => {
    const size = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0)
    bytes += size
    waitingBytes += size
    waiting.push(...lines)
    if (waitingBytes > WRITE_AT) writeNow()
    else timer ??= setTimeout(writeNow, WRITE_EVERY_MS)
  }

  const finish = (why: string) => {
    push(events.ended(why))
    isOver = true
  }

  const take = (lines: string[]) => {
    const size = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0)
    if (bytes + size > maxBytes - END_BYTES) finish(`recording ended: it has reached ${maxBytes} bytes`)
    else if (waitingBytes + size > MAX_WAITING) finish('recording ended: the disk is too slow')
    else push(lines)
  }

  writeNow()
  return {
    output(shown: Buffer): void {
      if (!isOver) take(events.output(shown))
    },
    resized(cols: number, rows: number): void {
      if (!isOver) take([events.resized(cols, rows)])
    },
    /** Resolves when all is written, or cannot be. */
    async ended(): Promise<void> {
      if (!isOver) finish('the terminal has ended')
      writeNow()
      await writing
      await file?.close().catch(() => {})
      file = undefined
    }
  }
}
export type Recording = ReturnType<typeof createRecording>
