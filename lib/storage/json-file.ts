import { type BigIntStats, lstat, stat } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Static, TSchema } from 'typebox'
import { createSerialQueue } from '../concurrency/serial-queue.ts'
import { identityOf, removeLeftovers, tryWriting, writeAtomically } from './atomic-write.ts'
import { readBounded } from './bounded-read.ts'
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
  /** Checks, on reading and before writing, what the schema cannot express: returns a fault, or null. */
  checkMeaning?: (data: Static<S>) => string | null
  lock: FileLock
  mode?: number
  pollMs?: number
  /** Called after each change of state, by this process or another. */
  onChange?: (state: FileState<Static<S>>) => void
}

const SETTLE_MS = 100
const RETRY_MS = 5000
/** Maximum number of unwritten changes in memory. */
const MAX_UNSAVED = 1000
const CHANGED_MEANWHILE = Symbol('changed meanwhile')

/** Resolves with the error, too: the file is looked at twice a second, and may be missing for good. */
const statOf = (path: string, followsLink: boolean) =>
  new Promise<BigIntStats | NodeJS.ErrnoException>((resolve) => {
    const call = followsLink ? stat : lstat
    call(path, { bigint: true }, (error, found) => resolve(error ?? found))
  })

/**
 * A JSON file shared with editors and other processes: validated by a schema, written atomically under a lock between
 * processes, and polled for edits (inotify misses network and FUSE file systems). An invalid file is reported and never
 * overwritten.
 */
export function createJsonFile<S extends TSchema>(options: JsonFileOptions<S>) {
  type Data = Static<S>
  const { path, lock, mode = 0o600, pollMs = 500 } = options
  const parse = createDocumentReader(options.schema, options.checkMeaning)
  /** The content last read or written. */
  let stored: FileState<Data> = { status: 'missing' }
  /** The stored content with the unwritten changes applied. */
  let state: FileState<Data> = stored
  let version = ''
  let opened = false
  let timer: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined
  let fault: StorageError | null = null
  /** Changes in effect that are written once the disk accepts writes. */
  let unsaved: ((draft: Data) => unknown)[] = []

  // Serial, so that a poll cannot publish older content over a writer's newer content.
  const fileQueue = createSerialQueue()
  // A separate queue for the lock, so that polls go on while another program holds the lock.
  const writerQueue = createSerialQueue()

  const versionNow = async (): Promise<string> => {
    const entry = await statOf(path, false)
    const found = !(entry instanceof Error) && entry.isSymbolicLink() ? await statOf(path, true) : entry
    if (!(found instanceof Error)) return `${identityOf(found)}:${found.ctimeNs}`
    if (found.code !== 'ENOENT') return `error:${found.message}`
    // A dangling link was made on purpose and is not a first launch.
    return found === entry ? 'missing' : 'dangling'
  }

  const load = async (): Promise<{ state: FileState<Data>; version: string }> => {
    const version = await versionNow()
    if (version === 'missing') {
      return { state: opened ? { status: 'broken', fault: 'the file vanished' } : { status: 'missing' }, version }
    }
    if (version === 'dangling') return { state: { status: 'broken', fault: 'a symbolic link to nothing' }, version }
    try {
      const found = await readBounded(path)
      const read = found.ok ? await parse(found.data) : found
      return { state: read.ok ? { status: 'ok', data: read.data } : { status: 'broken', fault: read.fault }, version }
    } catch (error) {
      // The error may pass without a change of the file, so every poll retries.
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
      // The file may be half-written by an editor: read it again before all requests are refused.
      await sleep(SETTLE_MS)
      next = await load()
    }
    if (next.version !== version) publish(next)
  }

  const writeOnce = async <T>(mutate: (draft: Data) => T): Promise<T | typeof CHANGED_MEANWHILE> => {
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
        if ((await versionNow()) !== seen) throw CHANGED_MEANWHILE
      })
    } catch (error) {
      if (error === CHANGED_MEANWHILE) return CHANGED_MEANWHILE
      throw error
    }
    opened = true
    unsaved = []
    report(null)
    // If an editor has replaced the file meanwhile, the next poll must read it.
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
        if (result !== CHANGED_MEANWHILE) return result
      }
    }
    try {
      return await writerQueue(() => lock(() => fileQueue(write), since))
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

    /** Reads the file and starts polling. A file missing now is a first launch; a file missing later is a fault. */
    async open(): Promise<FileState<Data>> {
      await fileQueue(async () => {
        await lock(() => removeLeftovers(path)).catch(() => {})
        publish(await load())
        opened = state.status !== 'missing'
        // Other users may be able to read an existing file: restrict its mode instead of refusing to start.
        const found = await statOf(path, true)
        if (opened && !(found instanceof Error) && found.isFile()) await chmod(path, mode).catch(() => {})
        version = await versionNow()
      })
      let polling = false
      timer = setInterval(() => {
        if (polling) return
        polling = true
        fileQueue(reloadIfChanged)
          .catch(() => {})
          .finally(() => {
            polling = false
          })
      }, pollMs).unref()
      return state
    },

    /** Polls now. */
    refresh: () => fileQueue(reloadIfChanged),

    /**
     * Read-modify-write: `mutate` changes the draft of the newest content and returns the caller's result. An
     * unchanged draft is not written. Resolves when the bytes are on disk.
     * Throws FileBrokenError if the file cannot be read, LockTimeoutError, StorageError if it cannot be written, and an
     * Error if the draft does not fit the schema, which is a bug.
     */
    update,

    /**
     * Like `update`, for changes that must not fail with the disk: a change that cannot be written takes effect in
     * memory and is written later. `mutate` may run more than once. Throws StorageError if too many changes wait.
     */
    async updateSoon<T>(mutate: (draft: Data) => T): Promise<T> {
      try {
        return await update(mutate)
      } catch (error) {
        if (!(error instanceof StorageError) || unsaved.length >= MAX_UNSAVED) throw error
      }
      return fileQueue(async () => {
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

    /** Why the file cannot be written at present; null if it can. */
    fault: () => fault,

    /**
     * Flushes unwritten changes and waits for running writes, for at most `withinMs`: a file system that hangs must not
     * block the shutdown.
     */
    async close(withinMs = 1000): Promise<void> {
      clearInterval(timer)
      const last = unsaved.length > 0 ? update(() => {}).catch(() => {}) : Promise.resolve()
      const idle = last.then(() => writerQueue(async () => {})).then(() => fileQueue(async () => {}))
      await Promise.race([idle, sleep(withinMs, undefined, { ref: false })])
      clearInterval(retry)
    }
  }
}
export type JsonFile<S extends TSchema> = ReturnType<typeof createJsonFile<S>>
