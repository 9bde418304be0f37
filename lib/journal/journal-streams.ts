import { createEntryIndex, type EntryIndex, type EntryList } from './entry-index.ts'
import { findEntryLists } from './field-values.ts'
import type { JournalEntry } from './format.ts'
import type { JournalFile } from './journal-file.ts'
import type { LogQuery } from './log-query.ts'
import type { WorkBudget } from './work-budget.ts'

/** A list of entries of one file, read from its end; `head` is the next. */
export interface JournalStream {
  file: JournalFile
  head: JournalEntry | null
  /** To the entry before; a damaged one is passed over. */
  advance(): Promise<void>
}

export interface JournalQuery extends LogQuery {
  bootId: string | null
}

/** The list with the fewest entries among which are all that are asked for. */
async function chooseLists(file: JournalFile, query: JournalQuery, { pause }: WorkBudget): Promise<EntryList[]> {
  const { entries, entryArray } = file.header
  const candidates: EntryList[][] = [[{ first: 0, array: entryArray, count: entries }]]
  const offer = (...lists: (EntryList[] | null)[]) => {
    if (lists.every((list) => list !== null)) candidates.push(lists.flat())
  }
  const { unit, identifier, priority, bootId } = query
  const among = (name: Parameters<typeof findEntryLists>[1], accepts: (value: string) => boolean) =>
    findEntryLists(file, name, accepts, pause)
  if (unit !== null) {
    const isIt = (value: string) => value === unit
    offer(await among('_SYSTEMD_UNIT', isIt), await among('UNIT', isIt))
  }
  if (identifier !== null) offer(await among('SYSLOG_IDENTIFIER', (value) => value === identifier))
  if (priority !== null) offer(await among('PRIORITY', (value) => Number(value) <= priority))
  if (bootId !== null) offer(await among('_BOOT_ID', (value) => value === bootId))
  const size = (lists: EntryList[]) => lists.reduce((sum, { count }) => sum + count, 0)
  return candidates.reduce((best, lists) => (size(lists) < size(best) ? lists : best))
}

/** Whether an entry is older than where the query begins. */
function isBehind(file: JournalFile, { cursor, until }: JournalQuery): (entry: JournalEntry) => boolean {
  const { fileId } = file.header
  if (cursor === null) return ({ realtime }) => realtime <= until
  const { at } = cursor
  if (cursor.kind === 'journal' && cursor.fileId === fileId) {
    return ({ seqnum, realtime }) => seqnum < cursor.seqnum && realtime <= until
  }
  // Of the same microsecond, files come in the order of their ids.
  const last = cursor.kind === 'journal' && fileId > cursor.fileId ? at : at - 1
  return ({ realtime }) => realtime <= Math.min(last, until)
}

async function openStream(file: JournalFile, index: EntryIndex, query: JournalQuery, budget: WorkBudget) {
  let position = await index.countWhile(isBehind(file, query))
  const stream: JournalStream = {
    file,
    head: null,
    async advance() {
      stream.head = null
      while (position > 0 && stream.head === null) {
        if (budget.isOver()) return
        await budget.pause()
        stream.head = await index.entryAt(--position)
      }
      if (stream.head && stream.head.realtime < query.since) stream.head = null
    }
  }
  await stream.advance()
  return stream
}

export async function openStreams(
  file: JournalFile,
  query: JournalQuery,
  budget: WorkBudget
): Promise<JournalStream[]> {
  const streams: JournalStream[] = []
  for (const list of await chooseLists(file, query, budget)) {
    streams.push(await openStream(file, await createEntryIndex(file, list), query, budget))
  }
  return streams.filter(({ head }) => head !== null)
}
