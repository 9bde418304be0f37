import { constants } from 'node:fs'
import { chmod, lstat, open, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Static, TSchema } from '../../vendor/typebox.js'
import { createQueue } from '../queue.ts'
import { identityOf, removeLeftovers, writeAtomically } from './atomic-write.ts'
import type { FileLock } from './file-lock.ts'
import { createDocumentReader } from './json-document.ts'

export type FileState<T> = { status: 'ok'; data: T } | { status: 'missing' } | { status: 'broken'; fault: string }

export class FileBrokenError extends Error {
  override readonly name = 'FileBrokenError'
}

export interface JsonFileOptions<S extends TSchema> {
  path: string
  schema: S
  lock: FileLock
  mode?: number
  pollMs?: number
  /** Called after each change of state, whoever made it. */
  onChange?: (state: FileState<Static<S>>) => void
}

const MAX_BYTES = 64 * 1024 * 1024
const SETTLE_MS = 100
const CHANGED_UNDER_US = Symbol('changed under us')

/**
 * A JSON file shared with people and other processes: read by schema, written atomically under a lock between
 * processes, polled for changes made by hand (inotify misses network and FUSE file systems). What does not parse is
 * reported and left as it is.
 */
export function createJsonFile<S extends TSchema>(options: JsonFileOptions<S>) {
  type Data = Static<S>
  const { path, lock, mode = 0o600, pollMs = 500 } = options
  const parse = createDocumentReader(options.schema)
  let state: FileState<Data> = { status: 'missing' }
  let version = ''
  let opened = false
  let timer: NodeJS.Timeout | undefined

  // One at a time: a poll must not publish an older file over what a writer has just published.
  const turns = createQueue()
  // Writers wait for the lock in a queue of their own, so that one held by a program that hangs keeps no poll waiting.
  const writers = createQueue()

  const versionNow = async (): Promise<string> => {
    try {
      const stats = await stat(path, { bigint: true })
      return `${identityOf(stats)}:${stats.ctimeNs}`
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return `error:${(error as Error).message}`
      // A link to what is not there (yet) is somebody's decision, and no first launch.
      return (await lstat(path).catch(() => null)) ? 'dangling' : 'missing'
    }
  }

  const load = async (): Promise<{ state: FileState<Data>; version: string }> => {
    const version = await versionNow()
    if (version === 'missing') {
      return { state: opened ? { status: 'broken', fault: 'the file vanished' } : { status: 'missing' }, version }
    }
    if (version === 'dangling') return { state: { status: 'broken', fault: 'a symbolic link to nothing' }, version }
    try {
      // A pipe or a device would be waited for, or read without an end.
      if (!(await stat(path)).isFile()) return { state: { status: 'broken', fault: 'not a regular file' }, version }
      const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
      try {
        if ((await file.stat()).size > MAX_BYTES)
          return { state: { status: 'broken', fault: 'larger than 64 MiB' }, version }
        const read = await parse(await file.readFile())
        return { state: read.ok ? { status: 'ok', data: read.data } : { status: 'broken', fault: read.fault }, version }
      } finally {
        await file.close()
      }
    } catch (error) {
      // Not the file's fault, perhaps, and over before the file changes: each look tries again.
      const fault = (error as NodeJS.ErrnoException).code ?? 'unreadable'
      return { state: { status: 'broken', fault }, version: `unread ${version}` }
    }
  }

  const publish = (next: { state: FileState<Data>; version: string }) => {
    version = next.version
    state = next.state
    options.onChange?.(state)
  }

  const reloadIfChanged = async (): Promise<void> => {
    if ((await versionNow()) === version) return
    let next = await load()
    if (next.state.status === 'broken') {
      // An editor that writes in place is caught half-way: look once more before every door shuts.
      await sleep(SETTLE_MS)
      next = await load()
    }
    if (next.version !== version) publish(next)
  }

  const writeOnce = async <T>(mutate: (draft: Data) => T): Promise<T | typeof CHANGED_UNDER_US> => {
    await reloadIfChanged()
    if (state.status === 'broken') throw new FileBrokenError(`${path}: ${state.fault}`)
    const before = state.status === 'ok' ? JSON.stringify(state.data) : ''
    const draft = (before === '' ? {} : JSON.parse(before)) as Data
    const result = mutate(draft)
    if (JSON.stringify(draft) === before) return result
    const text = `${JSON.stringify(draft, null, 2)}\n`
    const checked = await parse(Buffer.from(text))
    if (!checked.ok) throw new Error(`${path}: refused to write what could not be read again: ${checked.fault}`)
    const seen = version
    let written: string
    try {
      written = await writeAtomically(path, text, mode, async () => {
        if ((await versionNow()) !== seen) throw CHANGED_UNDER_US
      })
    } catch (error) {
      if (error === CHANGED_UNDER_US) return CHANGED_UNDER_US
      throw error
    }
    opened = true
    // What an editor put there in the meantime is not what we know: the next look must read it.
    const present = await versionNow()
    publish({ state: { status: 'ok', data: checked.data }, version: present.startsWith(`${written}:`) ? present : '' })
    return result
  }

  return {
    path,
    state: () => state,

    /** Reads the file for the first time and starts to watch it. Missing now is no fault; missing later is one. */
    async open(): Promise<FileState<Data>> {
      await turns(async () => {
        await lock(() => removeLeftovers(path)).catch(() => {})
        publish(await load())
        opened = state.status !== 'missing'
        // A file others can read was open before us already; close it now rather than refuse to start.
        if (opened && (await stat(path).catch(() => null))?.isFile()) await chmod(path, mode).catch(() => {})
        version = await versionNow()
      })
      let looking = false
      timer = setInterval(() => {
        if (looking) return
        looking = true
        turns(reloadIfChanged)
          .catch(() => {})
          .finally(() => {
            looking = false
          })
      }, pollMs).unref()
      return state
    },

    /** Looks at once instead of at the next poll. */
    refresh: () => turns(reloadIfChanged),

    /**
     * Read-modify-write: `mutate` changes the draft of the newest content and returns the caller's result. An
     * unchanged draft is not written. Resolves when the bytes are on disk.
     * Throws FileBrokenError when the file cannot be read, LockTimeoutError, or the system's error when it cannot be written.
     */
    update<T>(mutate: (draft: Data) => T): Promise<T> {
      const since = performance.now()
      const write = async (): Promise<T> => {
        for (;;) {
          const result = await writeOnce(mutate)
          if (result !== CHANGED_UNDER_US) return result
        }
      }
      return writers(() => lock(() => turns(write), since))
    },

    /** Waits for what is being written, for at most `withinMs`: a file system that hangs must not hold up the end. */
    async close(withinMs = 1000): Promise<void> {
      clearInterval(timer)
      const idle = writers(async () => {}).then(() => turns(async () => {}))
      await Promise.race([idle, sleep(withinMs, undefined, { ref: false })])
    }
  }
}
export type JsonFile<S extends TSchema> = ReturnType<typeof createJsonFile<S>>
