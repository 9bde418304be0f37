import { ENTRY_ARRAY, type JournalEntry, readNumber } from './format.ts'
import type { JournalFile } from './journal-file.ts'

const ARRAY_HEADER = 24
/** Each array of a chain is twice as long as the one before; a chain that does not end is a trap. */
const MAX_ARRAYS = 1024
/** Entries beside one that cannot be read which are tried in its place. */
const NEIGHBOURS = 16

/** Where a list of entries stands: the first by itself in a data object, the others in a chain of arrays. */
export interface EntryList {
  first: number
  array: number
  count: number
}

/** Entries in the order in which they were written. */
export interface EntryIndex {
  readonly count: number
  /** Null where the file is damaged. */
  entryAt(position: number): Promise<JournalEntry | null>
  /** How many entries at the beginning are `before`; all entries behind the first that is not are taken for later. */
  countWhile(before: (entry: JournalEntry) => boolean): Promise<number>
}

interface Segment {
  start: number
  count: number
  offset: number
}

export async function createEntryIndex(file: JournalFile, { first, array, count }: EntryList): Promise<EntryIndex> {
  const step = file.header.isCompact ? 4 : 8
  const segments: Segment[] = []
  let total = first === 0 ? 0 : 1
  let next = array
  for (let i = 0; i < MAX_ARRAYS && next !== 0 && total < count; i++) {
    const object = await file.readObject(next, ENTRY_ARRAY, ARRAY_HEADER)
    if (object === null || object.bytes.length < ARRAY_HEADER) break
    const length = Math.min(Math.floor((object.size - ARRAY_HEADER) / step), count - total)
    segments.push({ start: total, count: length, offset: next + ARRAY_HEADER })
    total += length
    const following = readNumber(object.bytes, 16)
    // A journal only grows: what points backwards would go round for ever.
    if (following <= next) break
    next = following
  }

  async function entryAt(position: number): Promise<JournalEntry | null> {
    if (position === 0 && first !== 0) return file.readEntry(first)
    const segment = segments.findLast(({ start }) => start <= position)
    if (!segment || position >= segment.start + segment.count) return null
    const at = segment.offset + (position - segment.start) * step
    const item = file.blocks.peek(at, step) ?? (await file.blocks.read(at, step))
    if (item === null) return null
    return file.readEntry(step === 4 ? item.readUInt32LE(0) : readNumber(item, 0))
  }

  return {
    count: total,
    entryAt,
    async countWhile(before) {
      let low = 0
      let high = total
      while (low < high) {
        const middle = (low + high) >> 1
        let at = middle
        let entry: JournalEntry | null = null
        for (; at >= low && at > middle - NEIGHBOURS && entry === null; at--) entry = await entryAt(at)
        if (entry !== null && before(entry)) low = middle + 1
        else high = entry === null ? middle : at + 1
      }
      return low
    }
  }
}
