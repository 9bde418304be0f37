import { parseEntry } from './journal-entry.ts'
import { type Journalctl, type Line, startJournalctl } from './journalctl.ts'
import { type LogCursor, type LogQuery, type LogRecord, matches, type PlacedRecord } from './log-query.ts'
import type { WorkBudget } from './work-budget.ts'

/** Reads a log backwards. */
export interface LogReader {
  /** The next matching record; null at the end, and when the budget is used up. */
  next(): Promise<LogRecord | null>
  /** The last entry read; before the first entry, the cursor of the query. */
  cursor(): LogCursor | null
  /** Messages about unreadable parts. */
  faults: readonly string[]
  close(): Promise<void>
}

export interface JournalQuery extends LogQuery {
  bootId: string | null
  /** Messages are not read: each is empty. Not with `search`. */
  withoutMessages?: boolean
}

interface JournalOptions {
  /** Path of journalctl. */
  path: string
  /** Options of journalctl that select the journal. */
  place: readonly string[]
  query: JournalQuery
  budget: WorkBudget
  /** Aborts reading. */
  signal: AbortSignal
}

type Place = PlacedRecord['cursor']

const FIELDS = 'PRIORITY,_SYSTEMD_UNIT,UNIT,SYSLOG_IDENTIFIER,_COMM,_PID,SYSLOG_PID,_HOSTNAME'
/** Milliseconds to wait for a long message in full. */
const WHOLE_MS = 1000
const TOO_LONG = '(too long to be shown)'

const epoch = (microseconds: number): string =>
  `@${Math.floor(microseconds / 1e6)}.${String(microseconds % 1e6).padStart(6, '0')}`

/**
 * The filters as arguments of journalctl. `search` is not among them: `--grep` searches messages only, and by pattern.
 * Neither is `since`: it excludes `--cursor`, and reading can stop at it because the newest entries come first.
 */
function filterArguments({ priority, unit, identifier, bootId, until, cursor }: JournalQuery): string[] {
  const args: string[] = []
  if (priority !== null) args.push(`--priority=${priority}`)
  if (identifier !== null) args.push(`--identifier=${identifier}`)
  if (cursor === null && until < Number.MAX_SAFE_INTEGER) args.push(`--until=${epoch(until)}`)
  // Not `--unit`, which takes patterns. UNIT= is trusted only from process 1: other processes can forge it.
  const boot = bootId === null ? [] : [`_BOOT_ID=${bootId}`]
  const matched = unit === null ? boot : [`_SYSTEMD_UNIT=${unit}`, ...boot, '+', `UNIT=${unit}`, '_PID=1', ...boot]
  return matched.length > 0 ? [...args, '--', ...matched] : args
}

/**
 * Whether an entry comes after the last entry of a page. journalctl has no fixed order for entries of the same microsecond
 * in different sequences: entries of other sequences at the cursor's time count as shown, so that no entry repeats.
 */
const isAfter = (place: Place, { sequenceId, seqnum, at }: Place): boolean =>
  place.sequenceId === sequenceId ? place.seqnum < seqnum : place.at !== at

/** Reads the journal with `journalctl --output=json`, the newest entries first. */
export function openJournal({ path, place, query: requested, budget, signal }: JournalOptions): LogReader {
  // A cursor of the syslog file, from before there was a journal, is used as a time limit.
  const query =
    requested.cursor?.kind === 'file'
      ? { ...requested, cursor: null, until: Math.min(requested.until, requested.cursor.at - 1) }
      : requested
  const faults: string[] = []
  let run: Journalctl | null = null
  /** Start cursor of the run: journalctl prints this entry first, if it still exists. */
  let begun: Place | null = null
  /** The run prints long fields in full (`--all`). */
  let isWhole = false
  let last: Place | null = query.cursor?.kind === 'journal' ? query.cursor : null
  let isEnded = query.until < 0

  const noteFaults = (more: string[]) => {
    for (const fault of more) if (faults.length < 100 && !faults.includes(fault)) faults.push(fault)
  }

  async function stop(): Promise<void> {
    const ended = run
    run = null
    await ended?.close()
  }

  function start(whole: boolean, from: Place | null): Journalctl {
    isWhole = whole
    begun = from
    const cursor = from && `--cursor=s=${from.sequenceId};i=${from.seqnum.toString(16)};t=${from.at.toString(16)}`
    run = startJournalctl(
      path,
      [
        ...place,
        '--reverse',
        '--quiet',
        '--no-pager',
        '--output=json',
        `--output-fields=${query.withoutMessages ? '' : 'MESSAGE,'}${FIELDS}`,
        ...(whole ? ['--all'] : []),
        ...(cursor ? [cursor] : []),
        ...filterArguments(query)
      ],
      signal
    )
    return run
  }

  async function readLine(within: number): Promise<Line> {
    const line = await (run ?? start(false, last)).nextLine(within)
    if (line.kind === 'line' || line.kind === 'long') {
      budget.spend(line.bytes)
      return line
    }
    noteFaults(run?.complaints() ?? [])
    if (line.kind === 'end') {
      const failure = run?.failure()
      if (failure && !signal.aborted) noteFaults([failure])
    }
    await stop()
    return line
  }

  /** The next entry, matching or not; null at the end. */
  async function readEntry(): Promise<PlacedRecord | null> {
    while (!budget.isOver() && !signal.aborted) {
      await budget.pause()
      const wasWhole = isWhole && run !== null
      const remaining = budget.remainingMs()
      const line = await readLine(wasWhole ? Math.min(WHOLE_MS, remaining) : remaining)
      if (line.kind === 'line') {
        const entry = parseEntry(line.text)
        if (entry && (begun === null || isAfter(entry.cursor, begun))) return entry
      } else if (line.kind === 'long') {
        if (wasWhole) await stop()
        else noteFaults(['an entry of more than 1 MiB was skipped'])
      } else if (line.kind === 'end' || !wasWhole) {
        isEnded = true
        if (line.kind === 'slow' || signal.aborted) budget.stop()
        return null
      }
    }
    return null
  }

  /** Reads a long message. Fields above 4 KiB are not read by default: any user of the host can log a very long message. */
  async function readWhole(entry: PlacedRecord): Promise<string> {
    await stop()
    start(true, entry.cursor)
    const line = await readLine(Math.min(WHOLE_MS, budget.remainingMs()))
    const whole = line.kind === 'line' ? parseEntry(line.text) : null
    const isSame = whole?.cursor.sequenceId === entry.cursor.sequenceId && whole.cursor.seqnum === entry.cursor.seqnum
    if (isSame) return whole.record.message ?? TOO_LONG
    await stop()
    return TOO_LONG
  }

  return {
    faults,
    cursor: () => last,
    async next() {
      while (!isEnded) {
        const entry = await readEntry()
        if (entry === null) return null
        const { record, cursor } = entry
        if (record.at < query.since) {
          isEnded = true
          return null
        }
        const isMatch = record.at <= query.until && matches({ ...record, message: '' }, { ...query, search: null })
        const message = record.message ?? (isMatch ? await readWhole(entry) : TOO_LONG)
        last = cursor
        if (isMatch && matches({ ...record, message }, query)) return { ...record, message }
      }
      return null
    },
    close: stop
  }
}
