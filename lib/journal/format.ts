import { absent, present, type Reading } from '../host/reading.ts'

// systemd's journal file format: docs/JOURNAL_FILE_FORMAT.md and journal-def.h of its sources. All numbers are little-endian.

export const DATA = 1
export const FIELD = 2
export const ENTRY = 3
export const ENTRY_ARRAY = 6
/** Bytes of type, flags and size in front of every object. */
export const OBJECT_HEADER = 16
/** What is read of a file's header; it may be longer. */
export const HEADER_BYTES = 208

const SIGNATURE = 'LPKSHHRH'
const COMPACT = 1 << 4
/** xz, lz4, keyed hash, zstd, compact. */
const KNOWN_FLAGS = 0b11111

export interface JournalHeader {
  /** Offsets and counts in entry arrays have 4 bytes instead of 8. */
  isCompact: boolean
  fileId: string
  size: number
  headerSize: number
  fieldTable: number
  fieldTableSize: number
  entries: number
  entryArray: number
  /** Microseconds since the epoch, of the oldest and the newest entry. */
  headRealtime: number
  tailRealtime: number
}

/** Beyond 2^53 it loses precision; such an offset lies behind the end of any file and is refused there. */
export const readNumber = (buffer: Buffer, at: number): number =>
  buffer.readUInt32LE(at) + buffer.readUInt32LE(at + 4) * 2 ** 32

/** `size` is that of the file, which is believed instead of what the header says of it. */
export function parseHeader(buffer: Buffer, size: number): Reading<JournalHeader> {
  if (buffer.length < HEADER_BYTES || buffer.toString('latin1', 0, 8) !== SIGNATURE) return absent('is no journal file')
  const flags = buffer.readUInt32LE(12)
  if ((flags & ~KNOWN_FLAGS) !== 0) return absent('is of a newer format')
  const headerSize = readNumber(buffer, 88)
  if (headerSize < HEADER_BYTES || headerSize > size) return absent('has a damaged header')
  return present({
    isCompact: (flags & COMPACT) !== 0,
    fileId: buffer.toString('hex', 24, 40),
    size,
    headerSize,
    fieldTable: readNumber(buffer, 120),
    fieldTableSize: readNumber(buffer, 128),
    entries: readNumber(buffer, 152),
    entryArray: readNumber(buffer, 176),
    headRealtime: readNumber(buffer, 184),
    tailRealtime: readNumber(buffer, 192)
  })
}

export interface JournalEntry {
  offset: number
  seqnum: number
  /** Microseconds since the epoch. */
  realtime: number
  /** Clock of its boot, boot and content: two files hold the same entry where these are the same. */
  identity: string
  bootId: string
  /** Offsets of its data objects. */
  items: number[]
}

const ENTRY_HEADER = 64
/** systemd writes no more; what claims to is damaged. */
const MAX_ITEMS = 1024
export const MAX_ENTRY_BYTES = ENTRY_HEADER + MAX_ITEMS * 16

export function parseEntry(object: Buffer, offset: number, isCompact: boolean): JournalEntry | null {
  if (object.length < ENTRY_HEADER) return null
  const step = isCompact ? 4 : 16
  const items: number[] = []
  for (let at = ENTRY_HEADER; at + step <= object.length; at += step) {
    items.push(isCompact ? object.readUInt32LE(at) : readNumber(object, at))
  }
  return {
    offset,
    seqnum: readNumber(object, 16),
    realtime: readNumber(object, 24),
    identity: object.toString('latin1', 32, ENTRY_HEADER),
    bootId: object.toString('hex', 40, 56),
    items
  }
}
