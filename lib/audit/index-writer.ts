import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditStore } from '../storage/stores/audit.ts'
import type { AuditEntry } from './line.ts'

export interface IndexWriterOptions {
  store: Pick<AuditStore, 'append' | 'prune'>
  /** Maximum number of entries; older ones are removed. */
  keep?: number
  /** Called once when writing starts to fail and, with null, once when it works again. */
  onTrouble?: (error: Error | null) => void
}

/** About as many entries as a log file of 100 MB has. */
const MAX_ENTRIES = 1_000_000
const MAX_PENDING = 10_000
/** Entries written or removed in one turn of the event loop. */
const BATCH = 100
const RETRY_MS = 1000

/**
 * Write-behind queue of the index: entries wait in memory and are written outside of the request, a batch in each turn
 * of the event loop. A failed write (full disk, locked database) is retried every second. Beyond 10,000 waiting entries
 * the oldest are dropped.
 */
export function createIndexWriter({ store, keep = MAX_ENTRIES, onTrouble }: IndexWriterOptions) {
  let waiting: AuditEntry[] = []
  let dropped = 0
  let received = 0
  /** How many of the received entries were written or dropped. */
  let done = 0
  let trouble: Error | null = null
  let running: Promise<void> | undefined
  let retry: NodeJS.Timeout | undefined
  let closed = false
  /** Called after each batch, and when the writing stops. */
  let waiters: (() => void)[] = []
  const progress = () => {
    const called = waiters
    waiters = []
    for (const resolve of called) resolve()
  }

  const reportTrouble = (next: Error | null) => {
    const isNews = (next === null) !== (trouble === null)
    trouble = next
    if (isNews) onTrouble?.(next)
  }

  const drop = () => {
    const excess = Math.max(0, waiting.length - MAX_PENDING)
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
      progress()
      reportTrouble(null)
      await nextTurn()
    }
  }

  const run = async (): Promise<void> => {
    try {
      await nextTurn()
      await writeAll()
      while (!closed && (await store.prune(keep, BATCH))) await nextTurn()
    } catch (error) {
      reportTrouble(error as Error)
      if (!closed) retry = setTimeout(start, RETRY_MS).unref()
    }
  }

  const start = () => {
    retry = undefined
    running ??= run().finally(() => {
      running = undefined
      progress()
      // An entry may have arrived since the loop ended.
      if (waiting.length > 0 && retry === undefined && !closed) start()
    })
  }

  return {
    /** Never throws, never waits. */
    append(entry: AuditEntry): void {
      received++
      waiting.push(entry)
      drop()
      if (retry === undefined) start()
    },

    /** Resolves when all entries appended so far are written or dropped, or writing has failed. */
    async settle(): Promise<void> {
      const upTo = received
      while (running !== undefined && done < upTo) await new Promise<void>((resolve) => waiters.push(resolve))
    },

    /** Current state, for health. */
    state: () => ({ writable: trouble === null, error: trouble?.message ?? null, waiting: waiting.length, dropped }),

    /** Writes the waiting entries and stops. */
    async close(): Promise<void> {
      closed = true
      clearTimeout(retry)
      await running
      await writeAll().catch(reportTrouble)
    }
  }
}
