import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditStore } from '../storage/stores/audit.ts'
import type { AuditEntry } from './line.ts'

export interface IndexWriterOptions {
  store: Pick<AuditStore, 'append' | 'prune'>
  /** Entries beyond these are removed, the oldest first. */
  keep?: number
  /** Told once when writing starts to fail and, with null, once when it works again. */
  onTrouble?: (error: Error | null) => void
}

/** About what a log file of 100 MB holds. */
const KEEP = 1_000_000
const MAX_WAITING = 10_000
/** Entries written, or removed, in one turn of the loop. */
const BATCH = 100
const RETRY_MS = 1000

/**
 * The index as its callers see it: entries wait in memory and are written behind the request, some in each turn of the
 * loop. What cannot be written (a full disk, another process that holds the database) is tried again every second; the
 * oldest waiting ones are dropped beyond 10,000.
 */
export function createIndexWriter({ store, keep = KEEP, onTrouble }: IndexWriterOptions) {
  let waiting: AuditEntry[] = []
  let dropped = 0
  let told = 0
  /** Of those told, in their order: written or dropped. */
  let done = 0
  let trouble: Error | null = null
  let running: Promise<void> | undefined
  let retry: NodeJS.Timeout | undefined
  let closed = false

  const tell = (next: Error | null) => {
    const isNews = (next === null) !== (trouble === null)
    trouble = next
    if (isNews) onTrouble?.(next)
  }

  const drop = () => {
    const excess = Math.max(0, waiting.length - MAX_WAITING)
    if (excess > 0) waiting.splice(0, excess)
    dropped += excess
    done += excess
  }

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH)
      try {
        await store.append(batch)
      } catch (error) {
        waiting = [...batch, ...waiting]
        drop()
        throw error
      }
      done += batch.length
      tell(null)
      await nextTurn()
    }
  }

  const run = async (): Promise<void> => {
    try {
      await nextTurn()
      await writeAll()
      while (!closed && (await store.prune(keep, BATCH))) await nextTurn()
    } catch (error) {
      tell(error as Error)
      if (!closed) retry = setTimeout(start, RETRY_MS).unref()
    }
  }

  const start = () => {
    retry = undefined
    running ??= run().finally(() => {
      running = undefined
      // An entry may have come between the last look and this turn.
      if (waiting.length > 0 && retry === undefined && !closed) start()
    })
  }

  return {
    /** Never throws, never waits. */
    append(entry: AuditEntry): void {
      told++
      waiting.push(entry)
      drop()
      if (retry === undefined) start()
    },

    /** When what was told before has been written, or could not be. */
    async settle(): Promise<void> {
      const upTo = told
      while (running !== undefined && done < upTo) await nextTurn()
    },

    /** Writing as it stands now, for health. */
    state: () => ({ writable: trouble === null, error: trouble?.message ?? null, waiting: waiting.length, dropped }),

    /** Writes what waits. */
    async close(): Promise<void> {
      closed = true
      clearTimeout(retry)
      await running
      await writeAll().catch(tell)
    }
  }
}
