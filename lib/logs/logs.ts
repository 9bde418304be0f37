import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogEntry, LogsReply } from '../../schemas/host/logs.ts'
import { createSemaphore } from '../concurrency/semaphore.ts'
import { parseUptime } from '../host/uptime.ts'
import { findProgram } from '../programs/program.ts'
import { type LogReader, openJournal } from './journal-reader.ts'
import { formatCursor, LEVELS, type LogQuery, type LogRecord } from './log-query.ts'
import { findJournalFolders, findTextLogs, type LogFolders } from './log-sources.ts'
import { openTextLog } from './text-log.ts'
import { createWorkBudget, type WorkBudget } from './work-budget.ts'

export interface LogsOptions extends Partial<LogFolders> {
  procDir?: string
  /** Milliseconds since the epoch. */
  now: () => number
  monotonicNow?: () => number
  /** Time limit of one answer, milliseconds. */
  timeoutMs?: number
  /** Bytes read at most for one answer. */
  maxBytes?: number
  journalctl?: string
}

export interface OpenLog {
  reader: LogReader
  /** `journal`, or the path of the syslog file. */
  source: string
  reason: string | null
}

const MAX_LISTED = 10_000

export function describeRecord(record: LogRecord, source: string): LogEntry {
  const { priority, unit, identifier, message, pid, hostname } = record
  return {
    timestamp: new Date(Math.floor(record.at / 1000)).toISOString(),
    level: priority === null ? null : LEVELS[priority]!,
    priority,
    service: unit ?? identifier ?? 'system',
    unit,
    identifier,
    message,
    source,
    pid,
    hostname
  }
}

export const joinFaults = (faults: readonly string[]): string | null => {
  if (faults.length === 0) return null
  const rest = faults.length > 3 ? `; and ${faults.length - 3} more` : ''
  return faults.slice(0, 3).join('; ') + rest
}

/** The logs of this host: the journal, read with journalctl, or the syslog file if there is no journal. */
export function createLogs({
  logDir = '/var/log',
  runDir = '/run/log',
  etcDir = '/etc',
  procDir = '/proc',
  now,
  monotonicNow = performance.now.bind(performance),
  timeoutMs = 2000,
  maxBytes = 64 * 1024 * 1024,
  journalctl = 'journalctl'
}: LogsOptions) {
  const folders = { logDir, runDir, etcDir }
  const acquire = createSemaphore(2, 16)
  const closing = new AbortController()

  async function openText(
    paths: string[],
    reason: string | null,
    query: LogQuery,
    budget: WorkBudget
  ): Promise<OpenLog> {
    const source = paths[0]!
    let { since } = query
    if (query.currentBoot) {
      const uptime = parseUptime(await readFile(join(procDir, 'uptime'), 'utf8').catch(() => ''))
      since = Math.max(since, (now() - (uptime.value ?? 0) * 1000) * 1000)
    }
    const canFilter = query.priority === null
    const reader = await openTextLog({
      paths: canFilter ? paths : [],
      query: { ...query, since },
      budget,
      now: now() * 1000
    })
    return { reader, source, reason: canFilter ? reason : `${source} has no priorities to filter by` }
  }

  /** Opens the journal or the syslog file. `reader` is null if there is no log, and `reason` says why. */
  async function open(
    query: LogQuery,
    budget: WorkBudget,
    signal: AbortSignal,
    { withoutMessages = false }: { withoutMessages?: boolean } = {}
  ): Promise<OpenLog | { reader: null; reason: string }> {
    const { folders: journals, faults } = await findJournalFolders(folders)
    const path = await findProgram(journalctl).catch(() => null)
    if (journals.length > 0 && path === null) faults.push('the journal cannot be read: journalctl is not installed')
    if (journals.length > 0 && path !== null) {
      const bootFile = join(procDir, 'sys/kernel/random/boot_id')
      const bootId = query.currentBoot ? await readFile(bootFile, 'utf8').catch(() => '') : null
      const reader = openJournal({
        path,
        // If there are journals in /var and in /run, journalctl reads both by default.
        place: ['--system', ...(journals.length === 1 ? [`--directory=${journals[0]}`] : [])],
        query: { ...query, bootId: bootId?.trim().replaceAll('-', '') ?? null, withoutMessages },
        budget,
        signal: AbortSignal.any([signal, closing.signal])
      })
      return { reader, source: 'journal', reason: joinFaults(faults) }
    }
    const files = await findTextLogs(folders)
    if (files.length > 0) return openText(files, joinFaults(faults), query, budget)
    const noLog = `there is no journal under ${logDir}/journal or ${runDir}/journal, and no ${logDir}/syslog or messages`
    return { reader: null, reason: joinFaults(faults) ?? noLog }
  }

  /** Limits the time and bytes of one answer. */
  const createBudget = () => createWorkBudget(monotonicNow, { ms: timeoutMs, bytes: maxBytes })

  return {
    open,
    createBudget,
    /** Waits for one of the two places for readers of logs. Resolves to its release, or to null if 16 others wait. */
    acquire,
    monotonicNow,
    /** The newest `limit` matching entries; null if too many requests are running. */
    async list(query: LogQuery, limit: number, signal: AbortSignal): Promise<LogsReply | null> {
      const release = await acquire()
      if (release === null) return null
      const budget = createBudget()
      let log: Awaited<ReturnType<typeof open>> | undefined
      try {
        log = await open(query, budget, signal)
        const { reader, reason } = log
        if (reader === null)
          return { success: true, logs: [], total: 0, source: null, next: null, complete: true, reason }
        const { source } = log
        const logs: LogEntry[] = []
        let record: LogRecord | null = null
        while (logs.length < Math.min(limit, MAX_LISTED)) {
          record = await reader.next()
          if (record === null) break
          logs.push(describeRecord(record, source))
        }
        const complete = record !== null || !budget.isOver()
        const place = record !== null || !complete ? reader.cursor() : null
        return {
          success: true,
          logs,
          total: logs.length,
          source,
          next: place && formatCursor(place),
          complete,
          reason: complete ? (reason ?? joinFaults(reader.faults)) : `${budget.reason()}; \`next\` continues the search`
        }
      } finally {
        await log?.reader?.close()
        release()
      }
    },
    /** Aborts all reads, at shutdown. */
    close: () => closing.abort()
  }
}
export type Logs = ReturnType<typeof createLogs>
