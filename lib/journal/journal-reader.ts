import { createBlockCache } from './blocks.ts'
import type { JournalEntry } from './format.ts'
import { type JournalField, type JournalFile, openJournalFile } from './journal-file.ts'
import { type JournalQuery, type JournalStream, openStreams } from './journal-streams.ts'
import { type LogCursor, type LogRecord, matches } from './log-query.ts'
import type { WorkBudget } from './work-budget.ts'

/** Reads a log from its end. */
export interface LogReader {
  /** The next record that is asked for; null at the end, and when the budget is used up. */
  next(): Promise<LogRecord | null>
  /** The last entry looked at; null before the first. */
  cursor(): LogCursor | null
  /** What could not be read. */
  faults: readonly string[]
  close(): Promise<void>
}

/** Of one entry, what is shown of it. */
async function readRecord(file: JournalFile, entry: JournalEntry): Promise<LogRecord> {
  const fields: Partial<Record<JournalField, string>> = {}
  let fault: string | undefined
  for (const item of entry.items) {
    let data = file.knownData(item)
    if (data === undefined) data = await file.readData(item)
    if (data === null) continue
    if (data.field === null) fault = data.value
    else fields[data.field] ??= data.value
  }
  const { PRIORITY: priority, _SYSTEMD_UNIT: unit, UNIT, _PID } = fields
  return {
    at: entry.realtime,
    priority: priority !== undefined && /^[0-7]$/.test(priority) ? Number(priority) : null,
    // What the first process says of a unit belongs to the unit; of others it is a claim.
    unit: (_PID === '1' && UNIT) || unit || null,
    identifier: fields.SYSLOG_IDENTIFIER ?? fields._COMM ?? null,
    message: fields.MESSAGE ?? fault ?? '',
    pid: _PID ?? fields.SYSLOG_PID ?? null,
    hostname: fields._HOSTNAME ?? null
  }
}

/** The newest first; in one file as they were written, whatever the clock said. */
function isNewer(a: JournalStream, b: JournalStream): boolean {
  if (a.file === b.file) return a.head!.seqnum > b.head!.seqnum
  if (a.head!.realtime !== b.head!.realtime) return a.head!.realtime > b.head!.realtime
  return a.file.header.fileId < b.file.header.fileId
}

/** The entries of several files in one order, newest first. A file is gone into when its time has come. */
export async function openJournal(
  paths: readonly string[],
  query: JournalQuery,
  budget: WorkBudget
): Promise<LogReader> {
  const cache = createBlockCache()
  const faults: string[] = []
  const files: JournalFile[] = []
  const waiting: JournalFile[] = []
  for (const path of paths) {
    const { value: file, reason } = await openJournalFile(path, cache)
    if (file === null) {
      faults.push(`${path} ${reason}`)
      continue
    }
    files.push(file)
    const { headRealtime, tailRealtime, entries } = file.header
    const newest = Math.min(query.until, query.cursor?.at ?? query.until)
    if (entries > 0 && headRealtime <= newest && tailRealtime >= query.since) waiting.push(file)
  }
  // The one whose turn is next stands last.
  waiting.sort((a, b) => a.header.tailRealtime - b.header.tailRealtime)

  let streams: JournalStream[] = []
  let last: LogCursor | null = null
  let lastEntry: JournalEntry | null = null

  async function newest(): Promise<JournalStream | null> {
    for (;;) {
      streams = streams.filter(({ head }) => head !== null)
      const best = streams.reduce<JournalStream | null>((a, b) => (a === null || isNewer(b, a) ? b : a), null)
      const following = waiting.at(-1)
      if (!following || (best && best.head!.realtime > following.header.tailRealtime)) return best
      waiting.pop()
      streams.push(...(await openStreams(following, query, budget)))
      if (budget.isOver()) return null
    }
  }

  return {
    faults,
    cursor: () => last,
    async next() {
      while (!budget.isOver()) {
        await budget.pause()
        const stream = await newest()
        if (stream === null || budget.isOver()) return null
        const entry = stream.head!
        const isSame = lastEntry?.realtime === entry.realtime && lastEntry.identity === entry.identity
        const isAsked = !isSame && (query.bootId === null || entry.bootId === query.bootId)
        const record = isAsked ? await readRecord(stream.file, entry) : null
        last = { kind: 'journal', fileId: stream.file.header.fileId, seqnum: entry.seqnum, at: entry.realtime }
        lastEntry = entry
        await stream.advance()
        if (record && matches(record, query)) return record
      }
      return null
    },
    async close() {
      await Promise.all(files.map((file) => file.close()))
    }
  }
}
