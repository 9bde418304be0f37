import type { DatabaseSync } from 'node:sqlite'
import type { Step } from '../history/steps.ts'
import { TIERS } from '../history/tiers.ts'

/** The start of the step in seconds since the epoch, then mean and maximum of bytes per second, received and sent. */
export type TrafficRow = [at: number, netin: number, netinMax: number, netout: number, netoutMax: number]

const table = (tier: number) => `interface_steps_${TIERS[tier]!.seconds}`

/** The part of the history that is kept per interface. Its calls are part of the transaction of the caller. */
export function createTrafficHistory(database: DatabaseSync) {
  const insert = database.prepare(`INSERT OR REPLACE INTO ${table(0)} VALUES (?, ?, 1, ?, ?, ?, ?)`)
  const tiers = TIERS.map(({ seconds }, tier) => ({
    rollUp:
      tier === 0
        ? null
        : database.prepare(
            `INSERT OR REPLACE INTO ${table(tier)}
             SELECT :at, interface, sum(n), sum(netin), max(netin_max), sum(netout), max(netout_max)
             FROM ${table(tier - 1)} WHERE at >= :at AND at < :end GROUP BY interface`
          ),
    dropAfter: database.prepare(`DELETE FROM ${table(tier)} WHERE at > ?`),
    // Kept as long as the steps of the host, of which there is one for each of these.
    prune: database.prepare(`DELETE FROM ${table(tier)} WHERE at < (SELECT min(at) FROM steps_${seconds})`),
    select: `SELECT at, netin / n, netin_max, netout / n, netout_max FROM ${table(tier)}
             WHERE at >= ? AND at <= ? AND interface = ? ORDER BY at`
  }))

  return {
    add({ at, interfaces }: Step): void {
      // Whole bytes: SQLite stores whole numbers in less than half the space.
      for (const [name, { netin, netinMax, netout, netoutMax }] of interfaces ?? [])
        insert.run(at, name, ...[netin, netinMax, netout, netoutMax].map(Math.round))
    },
    rollUp: (tier: number, at: number): void => {
      tiers[tier]!.rollUp?.run({ at, end: at + TIERS[tier]!.seconds })
    },
    dropAfter: (tier: number, at: number): void => {
      tiers[tier]!.dropAfter.run(at)
    },
    prune: (tier: number): void => {
      tiers[tier]!.prune.run()
    },
    read(tier: number, from: number, to: number, name: string): TrafficRow[] {
      const select = database.prepare(tiers[tier]!.select)
      select.setReturnArrays(true)
      return select.all(from, to, name) as unknown as TrafficRow[]
    }
  }
}
