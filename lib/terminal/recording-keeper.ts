import type { RecordingReply } from '../../schemas/terminal/recording.ts'
import { createSerialQueue } from '../concurrency/serial-queue.ts'
import type { RecordedTerminal } from './asciicast.ts'
import { createRecording, type Recording, type RecordingOptions } from './recording.ts'
import { createRecordingStore, type Limits, type StoredRecording } from './recording-store.ts'

export interface KeeperOptions extends Limits, Pick<RecordingOptions, 'append' | 'monotonicNow'> {
  folder: string
  now: () => number
  onFault: (error: Error, id: string | null) => void
  onRemoved?: (ids: string[]) => void
}

/** Manages running and stored recordings; removes stored ones by age and total size. */
export function createRecordingKeeper({
  folder,
  now,
  onFault,
  onRemoved,
  append,
  monotonicNow,
  ...limits
}: KeeperOptions) {
  const store = createRecordingStore(folder)
  const running = new Map<string, Recording>()
  const serialQueue = createSerialQueue()
  let isFaulty = false

  const cleanUp = (): Promise<void> =>
    serialQueue(async () => {
      const removed = await store.cleanUp(limits, now(), new Set(running.keys()))
      if (removed.length > 0) onRemoved?.(removed)
    }).catch((error) => onFault(error, null))

  const describe = ({ id, user, target, address, startedAt, seconds, bytes }: StoredRecording): RecordingReply => ({
    id,
    user,
    target,
    address,
    started_at: new Date(startedAt).toISOString(),
    ended_at: running.has(id) ? null : new Date(startedAt + seconds * 1000).toISOString(),
    seconds,
    bytes
  })

  return {
    prepare: store.prepare,
    cleanUp,
    open: store.open,
    isRunning: (id: string) => running.has(id),
    remove: store.remove,
    isFaulty: () => isFaulty,
    list: async () => (await store.list()).map(describe),

    start(about: RecordedTerminal): Recording {
      const { id } = about
      const recording = createRecording({
        path: store.pathOf(id),
        about,
        startedAt: now(),
        ...(append && { append }),
        ...(monotonicNow && { monotonicNow }),
        onFault(error) {
          isFaulty = true
          onFault(error, id)
        },
        onWritten() {
          isFaulty = false
        }
      })
      const ended = async () => {
        await recording.ended()
        if (running.delete(id)) await cleanUp()
      }
      const observer = { ...recording, ended }
      running.set(id, observer)
      return observer
    },

    async close(): Promise<void> {
      await Promise.all([...running.values()].map(({ ended }) => ended()))
    }
  }
}
export type RecordingKeeper = ReturnType<typeof createRecordingKeeper>
