import { parseEntry } from './journal-entry.ts'
import { type Journalctl, type Line, startJournalctl } from './journalctl.ts'
import { type LogCursor, type LogQuery, type LogRecord, matches, type PlacedRecord } from './log-query.ts'
import type { WorkBudget } from './work-budget.ts'

/** Reads a log from its end. */
export interface LogReader {
  /** The next record that is asked for; null at the end, and when the budget is used up. */
  next(): Promise<LogRecord | null>
  /** The last entry looked at; before the first, where the query goes on from. */
  cursor(): LogCursor | null
  /** What could not be read. */
  faults: readonly string[]
  close(): Promise<void>
}

export interface JournalQuery extends LogQuery {
  bootId: string | null
}

interface JournalOptions {
  /** Where journalctl is. */
  path: string
  /** Which journal it reads, as its options. */
  place: readonly string[]
  query: JournalQuery
  budget: WorkBudget
  /** Ends the reading at once. */
  signal: AbortSignal
}

type Place = PlacedRecord['cursor']

const FIELDS = 'MESSAGE,PRIORITY,_SYSTEMD_UNIT,UNIT,SYSLOG_IDENTIFIER,_COMM,_PID,SYSLOG_PID,_HOSTNAME'
/** Milliseconds to wait for a message that is printed in full. */
const WHOLE_MS = 1000
const TOO_LONG = '(too long to be shown)'

const epoch = (microseconds: number): string =>
  `@${Math.floor(microseconds / 1e6)}.${String(microseconds % 1e6).padStart(6, '0')}`

/**
 * The filters as journalctl has them. `search` is not among them: `--grep` looks at messages only, and takes a pattern.
 * Nor is `since`: it excludes `--cursor`, and the newest entries come first, so that reading ends at it.
 */
function filterArguments({ priority, unit, identifier, bootId, until, cursor }: JournalQuery): string[] {
  const args: string[] = []
  if (priority !== null) args.push(`--priority=${priority}`)
  if (identifier !== null) args.push(`--identifier=${identifier}`)
  if (cursor === null && until < Number.MAX_SAFE_INTEGER) args.push(`--until=${epoch(until)}`)
  // `--unit` takes patterns; and what the first process says of a unit belongs to the unit, of others it is a claim.
  const boot = bootId === null ? [] : [`_BOOT_ID=${bootId}`]
  const matched = unit === null ? boot : [`_SYSTEMD_UNIT=${unit}`, ...boot, '+', `UNIT=${unit}`, '_PID=1', ...boot]
  return matched.length > 0 ? [...args, '--', ...matched] : args
}

/**
 * Whether an entry comes after the one that a page ended with. journalctl has no fixed order for entries of one microsecond
 * in files of several sequences: those beside the cursor's own count as shown, so that none comes twice.
 */
const isBehind = (place: Place, { sequenceId, seqnum, at }: Place): boolean =>
  place.sequenceId === sequenceId ? place.seqnum < seqnum : place.at !== at

/** The entries of the journal as `journalctl --output=json` prints them, the newest first. */
export function openJournal({ path, place, query: asked, budget, signal }: JournalOptions): LogReader {
  // A page of syslog's file before there was a journal leaves its time.
  const query =
    asked.cursor?.kind === 'file'
      ? { ...asked, cursor: null, until: Math.min(asked.until, asked.cursor.at - 1) }
      : asked
  const faults: string[] = []
  let run: Journalctl | null = null
  /** Where the run began: it prints that entry first, if it is still there. */
  let begun: Place | null = null
  /** The run prints long fields in full. */
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
        `--output-fields=${FIELDS}`,
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

  /** The next entry, whatever it is; null at the end. */
  async function readEntry(): Promise<PlacedRecord | null> {
    while (!budget.isOver() && !signal.aborted) {
      await budget.pause()
      const wasWhole = isWhole && run !== null
      const remaining = budget.remainingMs()
      const line = await readLine(wasWhole ? Math.min(WHOLE_MS, remaining) : remaining)
      if (line.kind === 'line') {
        const entry = parseEntry(line.text)
        if (entry && (begun === null || isBehind(entry.cursor, begun))) return entry
      } else if (line.kind === 'long') {
        if (wasWhole) await stop()
        else noteFaults(['an entry of more than 1 MiB is left out'])
      } else if (line.kind === 'end' || !wasWhole) {
        isEnded = true
        if (line.kind === 'slow' || signal.aborted) budget.stop()
        return null
      }
    }
    return null
  }

  /** Fields of more than 4 KiB are printed on request only: a user of the host may have written a very long one. */
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
        const isAsked = record.at <= query.until && matches({ ...record, message: '' }, { ...query, search: null })
        const message = record.message ?? (isAsked ? await readWhole(entry) : TOO_LONG)
        last = cursor
        if (isAsked && matches({ ...record, message }, query)) return { ...record, message }
      }
      return null
    },
    close: stop
  }
}
