import { Readable } from 'node:stream'
import type { LogDownloadQuery, LogEntry } from '../../schemas/host/logs.ts'
import { createSemaphore } from '../concurrency/semaphore.ts'
import { formatCursor, type LogQuery } from './log-query.ts'
import { describeRecord, type Logs } from './logs.ts'
import { createWorkBudget } from './work-budget.ts'

const DEFAULT_LIMIT = 10_000
/** Limits of one download; time spent waiting for the client does not count. */
const LIMITS = { ms: 60_000, bytes: 1024 ** 3 }
/** Milliseconds after which a download is aborted, so that a client that does not read cannot block it. */
const MAX_DURATION_MS = 600_000
const CHUNK = 65_536

/** Escapes control characters, which could move a terminal's cursor or start a new line. */
const showControls = (text: string): string =>
  text.replaceAll(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** Formats an entry like journalctl. Continuation lines are indented, so that a message cannot forge an entry. */
export function formatText({ timestamp, hostname, identifier, service, pid, level, message }: LogEntry): string {
  const from = `${identifier ?? service}${pid === null ? '' : `[${pid}]`}`
  const line = `${timestamp} ${hostname ?? '-'} ${from}: ${level === null ? '' : `<${level}> `}`
  return `${showControls(line).replaceAll('\n', ' ')}${showControls(message).replaceAll('\n', '\n    ')}\n`
}

const formats = {
  text: {
    type: 'text/plain; charset=utf-8',
    suffix: 'txt',
    format: formatText,
    remark: (text: string) => `-- ${text}\n`
  },
  json: {
    type: 'application/x-ndjson',
    suffix: 'jsonl',
    format: (entry: LogEntry) => `${JSON.stringify(entry)}\n`,
    remark: (text: string) => `${JSON.stringify({ remark: text })}\n`
  }
}

/**
 * Log entries as a file. A slow client may take minutes, so only one download runs at a time: the other place stays free
 * for pages. The function resolves to null if a download is running or too many requests wait.
 */
export function createLogDownloads(logs: Pick<Logs, 'acquire' | 'open' | 'monotonicNow'>, now: () => number) {
  const acquireDownload = createSemaphore(1, 0)

  return async (query: LogQuery, { format = 'text', limit = DEFAULT_LIMIT }: LogDownloadQuery, signal: AbortSignal) => {
    const releaseDownload = await acquireDownload()
    if (releaseDownload === null) return null
    const releasePlace = await logs.acquire()
    if (releasePlace === null) {
      releaseDownload()
      return null
    }
    let isReleased = false
    const release = () => {
      if (isReleased) return
      isReleased = true
      releasePlace()
      releaseDownload()
    }
    const { type, suffix, format: formatEntry, remark } = formats[format]
    // Time spent waiting for the client.
    let waited = 0
    const budget = createWorkBudget(() => logs.monotonicNow() - waited, LIMITS)

    async function* write() {
      const log = await logs.open(query, budget, signal)
      try {
        if (log.reason !== null) yield remark(log.reason)
        if (log.reader === null) return
        let chunk = ''
        let count = 0
        let record = await log.reader.next()
        for (; record !== null && count < limit; record = await log.reader.next()) {
          chunk += formatEntry(describeRecord(record, log.source))
          count++
          if (count === limit) break
          if (chunk.length < CHUNK) continue
          const sentAt = logs.monotonicNow()
          yield chunk
          waited += logs.monotonicNow() - sentAt
          chunk = ''
        }
        const place = log.reader.cursor()
        const isCut = record !== null || budget.isOver()
        if (isCut && place) {
          const cause = record === null ? budget.reason() : `the first ${count} entries`
          chunk += remark(`${cause}; for older entries: before=${formatCursor(place)}`)
        }
        for (const fault of log.reader.faults.slice(0, 10)) chunk += remark(fault)
        yield chunk
      } finally {
        await log.reader?.close()
        // Before the client sees the end: its next download must not be refused.
        release()
      }
    }

    const stream = Readable.from(write(), { objectMode: true, highWaterMark: 1 })
    const timer = setTimeout(() => stream.destroy(), MAX_DURATION_MS).unref()
    stream.once('close', () => {
      clearTimeout(timer)
      release()
    })
    const time = new Date(now()).toISOString().slice(0, 19).replaceAll(':', '-')
    return { stream, type, fileName: `logs-${time}.${suffix}` }
  }
}
export type LogDownloads = ReturnType<typeof createLogDownloads>
