import { Readable } from 'node:stream'
import type { LogDownloadQuery, LogEntry } from '../../schemas/host/logs.ts'
import { createSemaphore } from '../concurrency/semaphore.ts'
import { formatCursor, type LogQuery } from './log-query.ts'
import { describeRecord, type Logs } from './logs.ts'
import { createWorkBudget } from './work-budget.ts'

const DEFAULT_LIMIT = 10_000
/** What one download reads at most; the time is without what the client takes to receive it. */
const LIMITS = { ms: 60_000, bytes: 1024 ** 3 }
/** Milliseconds after which a client that does not read is let go. */
const PATIENCE_MS = 600_000
const CHUNK = 65_536

/** What would move a terminal's cursor, or begin another line, stands as its number. */
const showControls = (text: string): string =>
  text.replaceAll(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** A line as journalctl writes them; further lines of a message are indented, so that none can pass for an entry. */
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

/** Entries as a file, two at a time; null while two others are on their way. */
export function createLogDownloads(logs: Pick<Logs, 'open' | 'monotonicNow'>, now: () => number) {
  const takeTurn = createSemaphore(2, 0)

  return async (query: LogQuery, { format = 'text', limit = DEFAULT_LIMIT }: LogDownloadQuery, signal: AbortSignal) => {
    const leave = await takeTurn()
    if (leave === null) return null
    const { type, suffix, format: formatEntry, remark } = formats[format]
    // Not the client's time.
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
          const given = logs.monotonicNow()
          yield chunk
          waited += logs.monotonicNow() - given
          chunk = ''
        }
        const place = log.reader.cursor()
        const isCut = record !== null || budget.isOver()
        if (isCut && place) {
          const why = record === null ? budget.reason() : `the first ${count} entries`
          chunk += remark(`${why}; for older ones: before=${formatCursor(place)}`)
        }
        for (const fault of log.reader.faults.slice(0, 10)) chunk += remark(fault)
        yield chunk
      } finally {
        await log.reader?.close()
      }
    }

    const stream = Readable.from(write(), { objectMode: true, highWaterMark: 1 })
    const late = setTimeout(() => stream.destroy(), PATIENCE_MS).unref()
    stream.once('close', () => {
      clearTimeout(late)
      leave()
    })
    const time = new Date(now()).toISOString().slice(0, 19).replaceAll(':', '-')
    return { stream, type, fileName: `logs-${time}.${suffix}` }
  }
}
export type LogDownloads = ReturnType<typeof createLogDownloads>
