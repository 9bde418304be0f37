import { constants } from 'node:fs'
import { chmod, lstat, open, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Static, TSchema } from 'typebox'
import { createSerialQueue } from '../concurrency/serial-queue.ts'
import { identityOf, removeLeftovers, tryWriting, writeAtomically } from './atomic-write.ts'
import type { FileLock } from './file-lock.ts'
import { createDocumentReader } from './json-document.ts'
import { StorageError, storageErrorOf } from './storage-error.ts'

export type FileState<T> = { status: 'ok'; data: T } | { status: 'missing' } | { status: 'broken'; fault: string }

export class FileBrokenError extends Error {
  override readonly name = 'FileBrokenError'
}

export interface JsonFileOptions<S extends TSchema> {
  path: string
  schema: S
  /** Why data that fits the schema is wrong all the same, on reading and before writing; null when it is not. */
  checkMeaning?: (data: Static<S>) => string | null
  lock: FileLock
  mode?: number
  pollMs?: number
  /** Called after each change of state, whoever made it. */
  onChange?: (state: FileState<Static<S>>) => void
}

const MAX_BYTES = 64 * 1024 * 1024
const SETTLE_MS = 100
const RETRY_MS = 5000
/** Changes that memory alone may hold. */
const MAX_UNSAVED = 1000
const CHANGED_UNDER_US = Symbol('changed under us')

/**
 * A JSON file shared with people and other processes: read by schema, written atomically under a lock between
 * processes, polled for changes made by hand (inotify misses network and FUSE file systems). What does not parse is
 * reported and left as it is.
 */
export function createJsonFile<S extends TSchema>(options: JsonFileOptions<S>) {
  type Data = Static<S>
  const { path, lock, mode = 0o600, pollMs = 500 } = options
  const parse = createDocumentReader(options.schema, options.checkMeaning)
  /** The file as it was last read or written. */
  let stored: FileState<Data> = { status: 'missing' }
  /** The same with the changes that are not written yet. */
  let state: FileState<Data> = stored
  let version = ''
  let opened = false
  let timer: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined
  let fault: StorageError | null = null
  /** Changes that hold already, and are written as soon as the disk takes them. */
  let unsaved: ((draft: Data) => unknown)[] = []

  // One at a time: a poll must not publish an older file over what a writer has just published.
  const turns = createSerialQueue()
  // Writers wait for the lock in a queue of their own, so that one held by a program that hangs keeps no poll waiting.
  const writers = createSerialQueue()

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
    stored = next.state
    state = stored
    if (stored.status === 'ok' && unsaved.length > 0) {
      const data = structuredClone(stored.data)
      for (const mutate of unsaved) mutate(data)
      state = { status: 'ok', data }
    }
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
    if (JSON.stringify(draft) === before && unsaved.length === 0) return result
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
    unsaved = []
    report(null)
    // What an editor put there in the meantime is not what we know: the next look must read it.
    const present = await versionNow()
    publish({ state: { status: 'ok', data: checked.data }, version: present.startsWith(`${written}:`) ? present : '' })
    return result
  }

  const report = (next: StorageError | null): void => {
    fault = next
    if (next !== null) retry ??= setInterval(() => void tryAgain().catch(() => {}), RETRY_MS).unref()
    else {
      clearInterval(retry)
      retry = undefined
    }
  }

  const update = async <T>(mutate: (draft: Data) => T): Promise<T> => {
    const since = performance.now()
    const write = async (): Promise<T> => {
      for (;;) {
        const result = await writeOnce(mutate)
        if (result !== CHANGED_UNDER_US) return result
      }
    }
    try {
      return await writers(() => lock(() => turns(write), since))
    } catch (error) {
      const found = storageErrorOf(error, path)
      if (found) report(found)
      throw found ?? error
    }
  }

  const tryAgain = async (): Promise<void> => {
    if (unsaved.length > 0) return update(() => {})
    await tryWriting(path, Buffer.byteLength(JSON.stringify(state)))
    report(null)
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
     * Throws FileBrokenError when the file cannot be read, LockTimeoutError, the system's error when it cannot be
     * written, and an Error for a draft that could not be read again: a fault of this program.
     */
    update,

    /**
     * The same for what must not wait for a disk: a change that cannot be written holds in memory, and is written as soon
     * as it can be. `mutate` may run more than once.
     */
    async updateSoon<T>(mutate: (draft: Data) => T): Promise<T> {
      try {
        return await update(mutate)
      } catch (error) {
        if (!(error instanceof StorageError) || unsaved.length >= MAX_UNSAVED) throw error
      }
      return turns(async () => {
        if (state.status !== 'ok') throw new FileBrokenError(`${path}: it cannot be read`)
        const before = JSON.stringify(state.data)
        const draft = JSON.parse(before) as Data
        const result = mutate(draft)
        if (JSON.stringify(draft) === before) return result
        unsaved.push(mutate)
        publish({ state: stored, version })
        return result
      })
    },

    /** Why the file cannot be written at present; null when it can. */
    fault: () => fault,

    /**
     * Writes what waits, and waits for what is being written, for at most `withinMs`: a file system that hangs must not
     * hold up the end.
     */
    async close(withinMs = 1000): Promise<void> {
      clearInterval(timer)
      const last = unsaved.length > 0 ? update(() => {}).catch(() => {}) : Promise.resolve()
      const idle = last.then(() => writers(async () => {})).then(() => turns(async () => {}))
      await Promise.race([idle, sleep(withinMs, undefined, { ref: false })])
      clearInterval(retry)
    }
  }
}
export type JsonFile<S extends TSchema> = ReturnType<typeof createJsonFile<S>>
