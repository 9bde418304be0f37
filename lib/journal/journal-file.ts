import type { Reading } from '../host/reading.ts'
import { absent, present } from '../host/reading.ts'
import { type BlockCache, type Blocks, openBlocks } from './blocks.ts'
import { decompress } from './decompress.ts'
import {
  DATA,
  ENTRY,
  HEADER_BYTES,
  type JournalEntry,
  type JournalHeader,
  MAX_ENTRY_BYTES,
  OBJECT_HEADER,
  parseEntry,
  parseHeader,
  readNumber
} from './format.ts'

/** The fields that are shown or filtered by; all others are passed over. */
const FIELDS = [
  'MESSAGE',
  'PRIORITY',
  '_SYSTEMD_UNIT',
  'UNIT',
  'SYSLOG_IDENTIFIER',
  '_COMM',
  '_PID',
  'SYSLOG_PID',
  '_HOSTNAME'
] as const
export type JournalField = (typeof FIELDS)[number]
const wanted: ReadonlySet<string> = new Set(FIELDS)

/** One field of an entry; without a name where its content cannot be shown. */
export interface JournalData {
  field: JournalField | null
  value: string
}

/** A field's content is cut here; a compressed one that is longer while compressed is not shown. */
const MAX_PAYLOAD = 65_536
const MAX_KNOWN = 4096
const MAX_FIELD_NAME = 64

/** An object with its offset checked: it lies in the file, behind the header, and is as long as it says, or cut. */
export interface JournalObject {
  flags: number
  /** As long as it says it is; `bytes` may be the beginning only. */
  size: number
  bytes: Buffer
}

export type JournalFile = ReturnType<typeof createJournalFile>

/** Reads the objects of one file. Everything in it may be wrong, half written or somebody's trap: null is what is. */
function createJournalFile(path: string, blocks: Blocks, header: JournalHeader) {
  const payloadAt = header.isCompact ? 72 : 64
  // Many entries share their objects: unit, host name, priority. Null for those of other fields.
  const known = new Map<number, JournalData | null>()

  /** The first `most` bytes of the object of this type at `offset`. */
  async function readObject(offset: number, type: number, most: number): Promise<JournalObject | null> {
    if (!(offset >= header.headerSize && offset % 8 === 0 && offset + OBJECT_HEADER <= blocks.size)) return null
    const head = blocks.peek(offset, OBJECT_HEADER) ?? (await blocks.read(offset, OBJECT_HEADER))
    if (head === null || head[0] !== type) return null
    const size = readNumber(head, 8)
    const flags = head[1]!
    if (size < OBJECT_HEADER || offset + size > blocks.size) return null
    const length = Math.min(size, most)
    const bytes = blocks.peek(offset, length) ?? (await blocks.read(offset, length))
    return bytes && { flags, size, bytes }
  }

  async function readEntry(offset: number): Promise<JournalEntry | null> {
    const object = await readObject(offset, ENTRY, MAX_ENTRY_BYTES)
    return object && object.size <= MAX_ENTRY_BYTES ? parseEntry(object.bytes, offset, header.isCompact) : null
  }

  function parsePayload(payload: Buffer): JournalData | null {
    const end = payload.subarray(0, MAX_FIELD_NAME).indexOf(0x3d)
    if (end < 1) return null
    const field = payload.toString('latin1', 0, end)
    return wanted.has(field) ? { field: field as JournalField, value: payload.toString('utf8', end + 1) } : null
  }

  async function loadData(offset: number): Promise<JournalData | null> {
    // Enough to see whether it is of interest.
    const start = await readObject(offset, DATA, payloadAt + 256)
    if (start === null || start.size < payloadAt) return null
    if (start.flags === 0) {
      const data = parsePayload(start.bytes.subarray(payloadAt))
      if (data === null || start.bytes.length === start.size) return data
    } else if (start.size > payloadAt + MAX_PAYLOAD) return { field: null, value: '(too long to be shown)' }
    const whole = await readObject(offset, DATA, payloadAt + MAX_PAYLOAD)
    if (whole === null) return null
    const payload = decompress(whole.flags, whole.bytes.subarray(payloadAt))
    if ('fault' in payload) return { field: null, value: payload.fault }
    return parsePayload(payload.bytes.subarray(0, MAX_PAYLOAD))
  }

  return {
    path,
    header,
    payloadAt,
    blocks,
    readObject,
    readEntry,
    /** Without waiting, where it has been read before. */
    knownData: (offset: number): JournalData | null | undefined => known.get(offset),
    async readData(offset: number): Promise<JournalData | null> {
      const data = await loadData(offset)
      if (known.size >= MAX_KNOWN) known.clear()
      if (data === null || data.value.length < 200) known.set(offset, data)
      return data
    },
    close: () => blocks.close()
  }
}

/** A file that cannot be opened, or is no journal, is a reason. */
export async function openJournalFile(path: string, cache: BlockCache): Promise<Reading<JournalFile>> {
  let blocks: Blocks
  try {
    blocks = await openBlocks(path, cache)
  } catch (error) {
    return absent(`cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  const start = await blocks.read(0, HEADER_BYTES)
  const header = start ? parseHeader(start, blocks.size) : absent('is no journal file')
  if (header.value !== null) return present(createJournalFile(path, blocks, header.value))
  await blocks.close()
  return header
}
