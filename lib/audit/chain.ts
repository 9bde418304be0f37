import { hash } from 'node:crypto'
import type { AuditEntry } from './line.ts'

/** An entry of the index. */
export interface AuditRow extends Omit<AuditEntry, 'text'> {
  /** Consecutive numbers from 1. */
  id: number
}

export interface ChainedRow extends AuditRow {
  hash: Uint8Array
}

/** One end of the chain: the last written entry, or the last entry that was pruned. */
export interface ChainEnd {
  id: number
  hash: Uint8Array
}

export const BEFORE_THE_FIRST: ChainEnd = { id: 0, hash: new Uint8Array(32) }

/** SHA-256 of the previous hash and the row as JSON: changing one entry requires recomputing all later hashes. */
export const hashRow = (previous: Uint8Array, { id, at, level, event, address, user, target }: AuditRow): Buffer =>
  hash(
    'sha256',
    Buffer.concat([previous, Buffer.from(JSON.stringify([id, at, level, event, address, user, target]))]),
    'buffer'
  )

export type ChainVerdict =
  | { isWhole: true; count: number; first: number; last: number; from: number | null; to: number | null }
  /** `fault` describes the first invalid entry. */
  | { isWhole: false; fault: string }

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

const describeMissing = (from: number, to: number): string =>
  from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`

/** A changed entry with a recomputed hash is detected by the hash of the next entry. */
const describeAltered = (id: number, first: number): string =>
  id === first ? `entry ${id} was altered` : `entry ${id} was altered, or entry ${id - 1} and its hash`

/**
 * Verifies the rows, one by one in ascending order of ids, from the last pruned entry (`anchor`) to the last written
 * one (`head`).
 */
export function walkChain(rows: Iterable<ChainedRow>, anchor: ChainEnd, head: ChainEnd): ChainVerdict {
  const invalid = (fault: string): ChainVerdict => ({ isWhole: false, fault })
  const first = anchor.id + 1
  let { id, hash }: ChainEnd = anchor
  let from: number | null = null
  let to: number | null = null
  for (const row of rows) {
    if (row.id <= id || row.id > head.id) return invalid(`entry ${row.id} was inserted`)
    if (row.id !== id + 1) return invalid(describeMissing(id + 1, row.id - 1))
    if (!isSame(hashRow(hash, row), row.hash)) return invalid(describeAltered(row.id, first))
    ;({ id, hash } = row)
    from ??= row.at
    to = row.at
  }
  if (id < head.id) return invalid(describeMissing(id + 1, head.id))
  if (!isSame(hash, head.hash)) return invalid(`entry ${id} and its hash were altered`)
  return { isWhole: true, count: id - anchor.id, first, last: id, from, to }
}
