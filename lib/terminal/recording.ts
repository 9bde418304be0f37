import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createEvents, formatHeader, type RecordedTerminal } from './asciicast.ts'

export interface RecordingOptions {
  path: string
  about: RecordedTerminal
  /** Milliseconds since the epoch. */
  startedAt: number
  /** Monotonic clock, milliseconds. */
  monotonicNow?: () => number
  maxBytes?: number
  /** Appends bytes to the file. */
  append?: (file: FileHandle, bytes: Buffer) => Promise<unknown>
  /** Called once, when a write fails and ends the recording. */
  onFault: (error: Error) => void
  /** Called after each write. */
  onWritten?: () => void
}

export const MAX_RECORDING_BYTES = 20 * 1024 * 1024
const MAX_PENDING_BYTES = 1024 * 1024
/** Reserved for the closing line. */
const END_BYTES = 512
const WRITE_INTERVAL_MS = 250
const WRITE_THRESHOLD_BYTES = 64 * 1024

const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW } = constants

/**
 * Records a terminal's output as an asciicast. Callers never wait: output is written four times a second, and at most
 * 1 MB is pending. A full or slow disk ends the recording but not the terminal; the file then ends with a complete
 * line.
 */
export function createRecording(options: RecordingOptions) {
  const { path, about, startedAt, monotonicNow = () => performance.now(), maxBytes = MAX_RECORDING_BYTES } = options
  const append = options.append ?? ((file, bytes) => file.appendFile(bytes))
  const since = monotonicNow()
  const events = createEvents(() => monotonicNow() - since)
  let pending: string[] = [formatHeader(about, startedAt)]
  let pendingBytes = Buffer.byteLength(pending[0]!)
  let bytes = pendingBytes
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  let file: FileHandle | undefined
  let written = 0

  const write = async (): Promise<void> => {
    const piece = Buffer.from(pending.join(''))
    pending = []
    pendingBytes = 0
    file ??= await open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
    await append(file, piece)
    written += piece.length
    options.onWritten?.()
  }

  const fail = async (error: Error): Promise<void> => {
    isOver = true
    pending = []
    options.onFault(error)
    await file?.truncate(written).catch(() => {})
  }

  let writing = Promise.resolve()
  const writeNow = () => {
    clearTimeout(timer)
    timer = undefined
    writing = writing
      .then(async () => {
        if (pending.length > 0) await write()
      })
      .catch(fail)
  }

  const push = (lines: string[]) => {
    const size = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0)
    bytes += size
    pendingBytes += size
    pending.push(...lines)
    if (pendingBytes > WRITE_THRESHOLD_BYTES) writeNow()
    else timer ??= setTimeout(writeNow, WRITE_INTERVAL_MS)
  }

  const finish = (why: string) => {
    push(events.ended(why))
    isOver = true
  }

  const record = (lines: string[]) => {
    const size = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0)
    if (bytes + size > maxBytes - END_BYTES) finish(`recording ended: it reached the limit of ${maxBytes} bytes`)
    else if (pendingBytes + size > MAX_PENDING_BYTES) finish('recording ended: the disk is too slow')
    else push(lines)
  }

  writeNow()
  return {
    output(shown: Buffer): void {
      if (!isOver) record(events.output(shown))
    },
    resized(cols: number, rows: number): void {
      if (!isOver) record([events.resized(cols, rows)])
    },
    /** Resolves when everything is written or the recording has failed. */
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
