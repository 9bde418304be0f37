import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Series } from '../../schemas/host/history.ts'
import { DEVICE_KINDS, type DeviceKindName } from '../history/devices.ts'
import { SERIES, SPIKY, type Step } from '../history/steps.ts'
import { stepOf, TIERS } from '../history/tiers.ts'
import { inTransaction } from './database.ts'
import { createDeviceHistory, type DeviceRow } from './device-history.ts'

/** The start of a step in seconds since the epoch, then one value per requested column. */
export type HistoryRow = [at: number, ...values: (number | null)[]]

/** The interface of the history's storage. Tiers are indices of TIERS; times are seconds since the epoch. */
export interface HistoryStore {
  /**
   * Adds steps and updates the coarser tiers, in one transaction. `dropAfter` first deletes all steps after that time.
   */
  write(steps: readonly Step[], dropAfter?: number): Promise<void>
  /** Rows from `from` to `to` inclusive, oldest first: the mean of each series and, for a spiky series, its maximum. */
  read(tier: number, from: number, to: number, series: readonly Series[]): Promise<HistoryRow[]>
  /** As `read`, all series of one device. */
  readDevice(kind: DeviceKindName, tier: number, from: number, to: number, name: string): Promise<DeviceRow[]>
  /** The time of the newest step in the finest tier; null if the history is empty. */
  newest(): Promise<number | null>
  close(): void
}

/** Rows removed at a time. */
const PORTION = 500

const table = (tier: number) => `steps_${TIERS[tier]!.seconds}`
const columns = [...SERIES.flatMap((name) => [name, `${name}_n`]), ...SPIKY.map((name) => `${name}_max`)]
const sums = [
  ...SERIES.flatMap((name) => [`sum(${name})`, `sum(${name}_n)`]),
  ...SPIKY.map((name) => `max(${name}_max)`)
]

const readings = (name: Series): string[] =>
  SPIKY.includes(name) ? [`${name} / ${name}_n`, `${name}_max`] : [`${name} / ${name}_n`]

const rowOf = ({ at, mean, max }: Step): SQLInputValue[] => [
  at,
  ...SERIES.flatMap((name) => [mean[name] ?? null, mean[name] === undefined ? null : 1]),
  ...SPIKY.map((name) => max[name] ?? null)
]

export function createHistoryStore(database: DatabaseSync): HistoryStore {
  // A small cache: rows read once for a chart need not stay in memory.
  database.exec('PRAGMA cache_size = -256')
  const insert = database.prepare(
    `INSERT OR REPLACE INTO ${table(0)} (at, ${columns.join()}) VALUES (${['?', ...columns.map(() => '?')].join()})`
  )
  const tiers = TIERS.map(({ seconds, keep }, tier) => ({
    seconds,
    rollUp:
      tier === 0
        ? null
        : database.prepare(
            `INSERT OR REPLACE INTO ${table(tier)} (at, ${columns.join()}) SELECT :at, ${sums.join()}
             FROM ${table(tier - 1)} WHERE at >= :at AND at < :end HAVING count(*) > 0`
          ),
    dropAfter: database.prepare(`DELETE FROM ${table(tier)} WHERE at > ?`),
    prune: database.prepare(
      `DELETE FROM ${table(tier)} WHERE at IN
       (SELECT at FROM ${table(tier)} ORDER BY at DESC LIMIT ${PORTION} OFFSET ${keep})`
    )
  }))
  const byKind = new Map(DEVICE_KINDS.map((kind) => [kind, createDeviceHistory(database, kind)]))
  const devices = [...byKind.values()]
  const selectNewest = database.prepare(`SELECT max(at) AS at FROM ${table(0)}`)
  const reads = new Map<string, StatementSync>()

  return {
    async write(steps, dropAfter) {
      inTransaction(database, () => {
        if (dropAfter !== undefined)
          for (const [tier, { seconds, dropAfter: drop }] of tiers.entries()) {
            drop.run(stepOf(dropAfter, seconds))
            for (const each of devices) each.dropAfter(tier, stepOf(dropAfter, seconds))
          }
        for (const step of steps) {
          insert.run(...rowOf(step))
          for (const each of devices) each.add(step)
        }
        for (const [tier, { seconds, rollUp }] of tiers.entries()) {
          if (rollUp === null) continue
          for (const at of new Set(steps.map((step) => stepOf(step.at, seconds)))) {
            rollUp.run({ at, end: at + seconds })
            for (const each of devices) each.rollUp(tier, at)
          }
        }
        for (const [tier, { prune }] of tiers.entries()) {
          prune.run()
          for (const each of devices) each.prune(tier)
        }
      })
    },

    async read(tier, from, to, series) {
      const sql = `SELECT at, ${series.flatMap(readings).join()} FROM ${table(tier)} WHERE at >= ? AND at <= ? ORDER BY at`
      let select = reads.get(sql)
      if (!select) {
        // Bounds the cache: clients may request any list of series.
        if (reads.size >= 8) reads.clear()
        select = database.prepare(sql)
        select.setReturnArrays(true)
        reads.set(sql, select)
      }
      return select.all(from, to) as unknown as HistoryRow[]
    },

    readDevice: async (kind, tier, from, to, name) => byKind.get(kind)!.read(tier, from, to, name),

    newest: async () => (selectNewest.get() as { at: number | null }).at,

    close: () => database.close()
  }
}
