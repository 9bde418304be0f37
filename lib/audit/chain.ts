import { hash } from 'node:crypto'
import type { AuditEntry } from './line.ts'

/** An entry as the index keeps it. */
export interface AuditRow extends Omit<AuditEntry, 'text'> {
  /** Counted from 1, without a gap. */
  id: number
}

export interface ChainedRow extends AuditRow {
  hash: Uint8Array
}

/** One end of the chain: the last entry that was written, or the last that was removed because of its age. */
export interface ChainEnd {
  id: number
  hash: Uint8Array
}

export const BEFORE_THE_FIRST: ChainEnd = { id: 0, hash: new Uint8Array(32) }

/** SHA-256 of the hash before it and the row as JSON: whoever changes one entry must make all later hashes anew. */
export const hashRow = (previous: Uint8Array, { id, at, level, event, address, user, target }: AuditRow): Buffer =>
  hash(
    'sha256',
    Buffer.concat([previous, Buffer.from(JSON.stringify([id, at, level, event, address, user, target]))]),
    'buffer'
  )

export type ChainVerdict =
  | { isWhole: true; count: number; first: number; last: number; from: number | null; to: number | null }
  /** `fault` says what is the matter with the first entry that is not as it was written. */
  | { isWhole: false; fault: string }

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

const missing = (from: number, to: number): string =>
  from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`

/** Whoever changes an entry and its own hash is found by the hash after it. */
const altered = (id: number, first: number): string =>
  id === first
    ? `entry ${id} was altered`
    : `entry ${id} was altered, or entry ${id - 1} and the hash that was made of it`

/**
 * Walks the rows, which come by rising id and are kept nowhere, from what was removed because of its age (`anchor`) to
 * what was written last (`head`).
 */
export function walkChain(rows: Iterable<ChainedRow>, anchor: ChainEnd, head: ChainEnd): ChainVerdict {
  const broken = (fault: string): ChainVerdict => ({ isWhole: false, fault })
  const first = anchor.id + 1
  let { id, hash }: ChainEnd = anchor
  let from: number | null = null
  let to: number | null = null
  for (const row of rows) {
    if (row.id <= id || row.id > head.id) return broken(`entry ${row.id} was put in`)
    if (row.id !== id + 1) return broken(missing(id + 1, row.id - 1))
    if (!isSame(hashRow(hash, row), row.hash)) return broken(altered(row.id, first))
    ;({ id, hash } = row)
    from ??= row.at
    to = row.at
  }
  if (id < head.id) return broken(missing(id + 1, head.id))
  if (!isSame(hash, head.hash)) return broken(`entry ${id} was altered, and the hash that was made of it`)
  return { isWhole: true, count: id - anchor.id, first, last: id, from, to }
}
