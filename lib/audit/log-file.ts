import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface LogFileOptions {
  path: string
  mode?: number
  /** Told once when writing starts to fail and, with null, once when it works again. */
  onTrouble?: (error: Error | null) => void
}

const MAX_WAITING = 10_000
const RETRY_MS = 1000
const NOTHING = Buffer.alloc(0)

/**
 * An append-only log that costs its callers nothing: lines wait in memory and are written behind the request, in
 * order. The file is reopened when it is no longer the one under its name (logrotate's rename); O_APPEND makes
 * copytruncate harmless. A full disk or a missing folder is retried every second and reported; the oldest waiting lines
 * are dropped beyond 10,000.
 */
export function createLogFile({ path, mode = 0o640, onTrouble }: LogFileOptions) {
  let waiting: Buffer[] = []
  /** The rest of a line whose beginning is in the file: it comes first, and is never dropped. */
  let cut: Buffer = NOTHING
  /** Lines whose write is under way. */
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
    // The folder was there; without it the log would be lost for good.
    if (wasOpen) await mkdir(dirname(path), { recursive: true, mode: 0o755 })
    // A symbolic link could point this root process's writes anywhere; a pipe that nobody reads would be waited for.
    handle = await open(
      path,
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK,
      mode
    )
    inode = (await handle.stat()).ino
    wasOpen = true
    return handle
  }

  // One at a time: of two that open the file, one would never be closed.
  const reopenIfMoved = (): Promise<FileHandle> => {
    opening ??= reopen().finally(() => {
      opening = undefined
    })
    return opening
  }

  const tell = (next: Error | null) => {
    if ((next === null) !== (trouble === null)) onTrouble?.(next)
    trouble = next
  }

  const makeRoom = (most: number) => {
    const tooMany = waiting.length - most
    if (tooMany <= 0) return
    waiting.splice(0, tooMany)
    dropped += tooMany
  }

  /** After a failure: what is on the disk already must not come twice, and a line cut in the middle is completed. */
  const putBack = (lines: Buffer[], rest: Buffer) => {
    let first = lines.length
    let left = rest.length
    while (first > 0 && left >= lines[first - 1]!.length) left -= lines[--first]!.length
    cut = rest.subarray(0, left)
    waiting = [...lines.slice(first), ...waiting]
    makeRoom(MAX_WAITING)
  }

  const flush = async (): Promise<void> => {
    while (waiting.length > 0 || cut.length > 0) {
      const lines = waiting
      waiting = []
      writing = lines.length
      let rest = Buffer.concat([cut, ...lines])
      try {
        const file = await reopenIfMoved()
        while (rest.length > 0) rest = rest.subarray((await file.write(rest)).bytesWritten)
        writing = 0
        cut = NOTHING
        tell(null)
      } catch (error) {
        writing = 0
        putBack(lines, rest)
        tell(error as Error)
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
      // A line may have come between the last look and this turn.
      if (waiting.length > 0 && retry === undefined && !closed) startFlush()
    })
  }

  return {
    path,
    /** Takes a whole line, its newline included. Never throws, never waits. */
    append(line: string): void {
      makeRoom(MAX_WAITING - 1)
      waiting.push(Buffer.from(line))
      if (retry === undefined) startFlush()
    },

    /** Writing as it stands now, for health. */
    state: () => ({
      writable: trouble === null,
      error: trouble?.message ?? null,
      waiting: waiting.length + writing,
      dropped
    }),

    /** Opens the file now, to learn early whether it can be written. */
    async check(): Promise<void> {
      // Not under a running write: it would lose its file.
      await flushing
      try {
        await reopenIfMoved()
        tell(null)
      } catch (error) {
        tell(error as Error)
      }
    },

    /** Writes what waits and closes, for at most `withinMs`: a file system that hangs must not hold up the end. */
    async close(withinMs = 2000): Promise<void> {
      startFlush()
      const late = new Promise<void>((done) => setTimeout(done, withinMs).unref())
      await Promise.race([flushing, late])
      closed = true
      clearTimeout(retry)
      await Promise.race([handle?.close().catch(() => {}), late])
    }
  }
}
export type LogFile = ReturnType<typeof createLogFile>
