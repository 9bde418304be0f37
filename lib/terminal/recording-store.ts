import { constants } from 'node:fs'
import { chmod, type FileHandle, mkdir, open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { RECORDING_ID, type ReadHeader, readHeader, readLastTime } from './asciicast.ts'

export interface StoredRecording extends ReadHeader {
  id: string
  bytes: number
  /** Length of the recording so far. */
  seconds: number
}

interface Stored {
  id: string
  bytes: number
  modifiedAt: number
  /** Null if the header is not one the Monitor wrote. */
  recording: StoredRecording | null
}

export interface Limits {
  maxBytes: number
  maxAgeMs: number
}

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
const SUFFIX = '.cast'
const HEAD_BYTES = 4096
/** More than the longest event. */
const TAIL_BYTES = 128 * 1024

const isAbsent = (error: unknown) => ['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')

async function readAt(file: FileHandle, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.toString('utf8', 0, bytesRead)
}

async function describe(file: FileHandle, id: string, bytes: number): Promise<StoredRecording | null> {
  const header = readHeader((await readAt(file, 0, Math.min(bytes, HEAD_BYTES))).split('\n')[0]!)
  if (!header) return null
  const tail = Math.min(bytes, TAIL_BYTES)
  return { id, bytes, ...header, seconds: readLastTime(await readAt(file, bytes - tail, tail)) ?? 0 }
}

/** Recordings as files `<id>.cast` in one folder. Other files in it are ignored. Methods throw the system's error. */
export function createRecordingStore(folder: string) {
  const pathOf = (id: string): string => {
    if (!RECORDING_ID.test(id)) throw new Error('not the id of a recording')
    return join(folder, `${id}${SUFFIX}`)
  }

  /** Opens the file; null if there is no such recording. */
  const openFile = async (id: string) => {
    const file = await open(pathOf(id), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error) => {
      if (isAbsent(error)) return null
      throw error
    })
    const stats = await file?.stat()
    if (file && stats?.isFile()) return { file, bytes: stats.size, modifiedAt: stats.mtimeMs }
    await file?.close()
    return null
  }

  const readStored = async (id: string): Promise<Stored | null> => {
    const opened = await openFile(id)
    if (!opened) return null
    const { file, ...facts } = opened
    try {
      return { id, ...facts, recording: await describe(file, id, facts.bytes) }
    } finally {
      await file.close()
    }
  }

  const listAll = async (): Promise<Stored[]> => {
    const names = await readdir(folder).catch((error) => {
      if (isAbsent(error)) return []
      throw error
    })
    const found: Stored[] = []
    for (const name of names) {
      const id = name.slice(0, -SUFFIX.length)
      if (!name.endsWith(SUFFIX) || !RECORDING_ID.test(id)) continue
      const stored = await readStored(id)
      if (stored) found.push(stored)
    }
    return found
  }

  const remove = (id: string): Promise<boolean> =>
    unlink(pathOf(id)).then(
      () => true,
      (error) => {
        if (isAbsent(error)) return false
        throw error
      }
    )

  return {
    pathOf,

    /** Creates the folder with mode 0700. */
    async prepare(): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await chmod(folder, 0o700)
    },

    /** Newest first. Files without a valid header are left out. */
    list: async (): Promise<StoredRecording[]> =>
      (await listAll())
        .flatMap(({ recording }) => recording ?? [])
        .toSorted((a, b) => b.startedAt - a.startedAt || a.id.localeCompare(b.id)),

    /** The bytes written so far, as a stream; null if there is no such recording. */
    async open(id: string) {
      const opened = await openFile(id)
      if (!opened) return null
      const { file, bytes } = opened
      if (bytes > 0) return { bytes, stream: file.createReadStream({ start: 0, end: bytes - 1 }) }
      await file.close()
      return null
    },

    /** False if there is no such recording (any more). */
    remove,

    /**
     * Removes recordings that are too old, then the oldest until the rest fits. `running` recordings stay, but their
     * size counts. Returns the ids of the removed recordings.
     */
    async cleanUp({ maxBytes, maxAgeMs }: Limits, now: number, running: ReadonlySet<string>): Promise<string[]> {
      const startOf = ({ recording, modifiedAt }: Stored) => recording?.startedAt ?? modifiedAt
      const all = (await listAll()).toSorted((a, b) => startOf(a) - startOf(b))
      let total = all.reduce((sum, { bytes }) => sum + bytes, 0)
      const removed: string[] = []
      for (const each of all) {
        if (running.has(each.id) || (total <= maxBytes && now - startOf(each) <= maxAgeMs)) continue
        total -= each.bytes
        if (await remove(each.id)) removed.push(each.id)
      }
      return removed
    }
  }
}
