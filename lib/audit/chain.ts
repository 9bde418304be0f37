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

/** Verifies a chain whose rows arrive in ascending order of ids. */
export interface ChainWalk {
  /** False if the row is invalid; later rows need not be added. */
  add(row: ChainedRow): boolean
  /** The verdict after the last row. */
  end(): ChainVerdict
}

/** A walk from the last pruned entry (`anchor`) to the last written one (`head`). */
export function createChainWalk(anchor: ChainEnd, head: ChainEnd): ChainWalk {
  const first = anchor.id + 1
  let { id, hash }: ChainEnd = anchor
  let from: number | null = null
  let to: number | null = null
  let fault: string | null = null

  const faultOf = (row: ChainedRow): string | null => {
    if (row.id <= id || row.id > head.id) return `entry ${row.id} was inserted`
    if (row.id !== id + 1) return describeMissing(id + 1, row.id - 1)
    return isSame(hashRow(hash, row), row.hash) ? null : describeAltered(row.id, first)
  }
  const faultAtEnd = (): string | null => {
    if (id < head.id) return describeMissing(id + 1, head.id)
    return isSame(hash, head.hash) ? null : `entry ${id} and its hash were altered`
  }

  return {
    add(row) {
      fault ??= faultOf(row)
      if (fault !== null) return false
      ;({ id, hash } = row)
      from ??= row.at
      to = row.at
      return true
    },
    end() {
      fault ??= faultAtEnd()
      if (fault !== null) return { isWhole: false, fault }
      return { isWhole: true, count: id - anchor.id, first, last: id, from, to }
    }
  }
}

/** Verifies rows that are read one by one. */
export function walkChain(rows: Iterable<ChainedRow>, anchor: ChainEnd, head: ChainEnd): ChainVerdict {
  const walk = createChainWalk(anchor, head)
  for (const row of rows) if (!walk.add(row)) break
  return walk.end()
}
