import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { plainFault } from '../startup/plain-fault.ts'
import { type ChainEnd, type ChainedRow, type ChainVerdict, walkChain } from './chain.ts'

/** One line for people and an exit code: 0 the chain is whole, 1 it is broken, 2 it cannot be read. */
export interface VerifyResult {
  line: string
  code: 0 | 1 | 2
}

// As REAL: a forged number can exceed the range of an integer, and genuine numbers are exact as REAL.
const selectEnds = 'SELECT name, CAST(id AS REAL) AS id, hash FROM audit_ends'
const selectRows = `SELECT CAST(id AS REAL) AS id, CAST(at AS REAL) AS at, level, event, address, user, target, hash
  FROM audit_events ORDER BY audit_events.id`

/** Verifies one snapshot of the database, while the daemon may write to it. */
function walk(database: DatabaseSync): ChainVerdict {
  database.exec('BEGIN')
  const ends = database.prepare(selectEnds).all() as unknown as (ChainEnd & { name: string })[]
  const anchor = ends.find(({ name }) => name === 'anchor')
  const head = ends.find(({ name }) => name === 'head')
  if (!anchor || !head)
    return { isWhole: false, fault: `the record of the ${anchor ? 'last' : 'first'} entry is missing` }
  const rows = database.prepare(selectRows).iterate()
  return walkChain(rows as unknown as Iterable<ChainedRow>, anchor, head)
}

const isoTime = (at: number) => new Date(at).toISOString()

/** The verdict as one line. */
export function describeVerdict(verdict: ChainVerdict): string {
  if (!verdict.isWhole) return verdict.fault
  const { count, first, last, from, to } = verdict
  if (from === null || to === null) return 'no entries, the chain is whole'
  const entries = count === 1 ? `entry (${first})` : `entries (${first} to ${last})`
  return `${count} ${entries} from ${isoTime(from)} to ${isoTime(to)}, the chain is whole`
}

/** Verifies the chain of a state database, opened read-only; the daemon may be running. Never throws. */
export function verifyAudit(path: string): VerifyResult {
  let database: DatabaseSync | undefined
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) {
      const hint = 'set MONITOR_CONFIG_DIR and MONITOR_STATE_DIR to the folders of the daemon'
      return { line: `audit: ${path} does not exist; ${hint}`, code: 2 }
    }
    // Opening a pipe would block.
    if (!found.isFile())
      return { line: `audit: ${path} is not a regular file; remove it and restart the daemon`, code: 2 }
    database = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
    const verdict = walk(database)
    return { line: `audit: ${path}: ${describeVerdict(verdict)}`, code: verdict.isWhole ? 0 : 1 }
  } catch (error) {
    const hint = /^no such table/.test((error as Error).message)
      ? '; start the daemon once to create it: systemctl start proxmenux-monitor'
      : ''
    return { line: `audit: ${path} cannot be read: ${plainFault(error)}${hint}`, code: 2 }
  } finally {
    database?.close()
  }
}
