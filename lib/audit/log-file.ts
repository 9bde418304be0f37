import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface LogFileOptions {
  path: string
  mode?: number
  /** Called once when writing starts to fail and, with null, once when it works again. */
  onTrouble?: (error: Error | null) => void
}

const MAX_PENDING = 10_000
const RETRY_MS = 1000
const NOTHING = Buffer.alloc(0)

/**
 * An append-only log file. Lines wait in memory and are written in order, outside of the request. The file is reopened
 * after it was renamed (logrotate); O_APPEND makes copytruncate safe. A failed write is reported and retried every
 * second. Beyond 10,000 waiting lines the oldest are dropped.
 */
export function createLogFile({ path, mode = 0o640, onTrouble }: LogFileOptions) {
  let waiting: Buffer[] = []
  /** The rest of a partly written line. It is written first and never dropped. */
  let partialLine: Buffer = NOTHING
  /** Lines being written. */
  let writing = 0
  let dropped = 0
  let handle: FileHandle | undefined
  let inode = 0
  let wasOpen = false
  let trouble: Error | null = null
  let opening: Promise<FileHandle> | undefined
  let flushing: Promise<void> | undefined
  let retry: NodeJS.Timeout | undefined
  let closed = false

  const reopen = async (): Promise<FileHandle> => {
    const found = handle === undefined ? null : await stat(path).catch(() => null)
    if (handle !== undefined && found?.ino === inode) return handle
    await handle?.close().catch(() => {})
    handle = undefined
    // The folder existed before: create it again, or logging would fail until a restart.
    if (wasOpen) await mkdir(dirname(path), { recursive: true, mode: 0o755 })
    // O_NOFOLLOW: a symbolic link could redirect the writes of root. O_NONBLOCK: opening a pipe without a reader
    // blocks.
    handle = await open(
      path,
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK,
      mode
    )
    inode = (await handle.stat()).ino
    wasOpen = true
    return handle
  }

  // One at a time: of two concurrent opens, one descriptor would leak.
  const reopenIfMoved = (): Promise<FileHandle> => {
    opening ??= reopen().finally(() => {
      opening = undefined
    })
    return opening
  }

  const reportTrouble = (next: Error | null) => {
    if ((next === null) !== (trouble === null)) onTrouble?.(next)
    trouble = next
  }

  const makeRoom = (most: number) => {
    const tooMany = waiting.length - most
    if (tooMany <= 0) return
    waiting.splice(0, tooMany)
    dropped += tooMany
  }

  /** After a failure: does not repeat lines already on disk, and completes a partly written line. */
  const putBack = (lines: Buffer[], rest: Buffer) => {
    let first = lines.length
    let left = rest.length
    while (first > 0 && left >= lines[first - 1]!.length) left -= lines[--first]!.length
    partialLine = rest.subarray(0, left)
    waiting = [...lines.slice(first), ...waiting]
    makeRoom(MAX_PENDING)
  }

  const flush = async (): Promise<void> => {
    while (waiting.length > 0 || partialLine.length > 0) {
      const lines = waiting
      waiting = []
      writing = lines.length
      let rest = Buffer.concat([partialLine, ...lines])
      try {
        const file = await reopenIfMoved()
        while (rest.length > 0) rest = rest.subarray((await file.write(rest)).bytesWritten)
        writing = 0
        partialLine = NOTHING
        reportTrouble(null)
      } catch (error) {
        writing = 0
        putBack(lines, rest)
        reportTrouble(error as Error)
        if (!closed) retry ??= setTimeout(startFlush, RETRY_MS).unref()
        return
      }
    }
  }

  const startFlush = () => {
    clearTimeout(retry)
    retry = undefined
    flushing ??= flush().finally(() => {
      flushing = undefined
      // A line may have arrived since the loop ended.
      if (waiting.length > 0 && retry === undefined && !closed) startFlush()
    })
  }

  return {
    path,
    /** Takes a complete line with its newline. Never throws, never waits. */
    append(line: string): void {
      makeRoom(MAX_PENDING - 1)
      waiting.push(Buffer.from(line))
      if (retry === undefined) startFlush()
    },

    /** Current state, for health. */
    state: () => ({
      writable: trouble === null,
      error: trouble?.message ?? null,
      waiting: waiting.length + writing,
      dropped
    }),

    /** Opens the file now, so that an error is reported at the start. */
    async check(): Promise<void> {
      // Reopening during a write would close its file.
      await flushing
      try {
        await reopenIfMoved()
        reportTrouble(null)
      } catch (error) {
        reportTrouble(error as Error)
      }
    },

    /**
     * Writes the waiting lines and closes the file, within `withinMs`, so that a hanging file system cannot block the
     * exit.
     */
    async close(withinMs = 2000): Promise<void> {
      startFlush()
      const timeout = new Promise<void>((done) => setTimeout(done, withinMs).unref())
      await Promise.race([flushing, timeout])
      closed = true
      clearTimeout(retry)
      await Promise.race([handle?.close().catch(() => {}), timeout])
    }
  }
}
export type LogFile = ReturnType<typeof createLogFile>
