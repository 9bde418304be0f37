import type { DatabaseSync } from 'node:sqlite'
import { type DeviceKindName, kindOf } from '../history/devices.ts'
import type { Step } from '../history/steps.ts'
import { TIERS } from '../history/tiers.ts'

/** The start of the step in seconds since the epoch, then the values of a DeviceStep. */
export type DeviceRow = [at: number, ...values: (number | null)[]]

/** The part of the history that is kept for each device of a kind. Its calls are part of the transaction of the caller. */
export function createDeviceHistory(database: DatabaseSync, kind: DeviceKindName) {
  const { series, most } = kindOf(kind)
  const table = (tier: number) => `${kind}_steps_${TIERS[tier]!.seconds}`
  const columns = series.flatMap(({ name, isSpiky, isOptional }) => [
    name,
    ...(isSpiky ? [`${name}_max`] : []),
    ...(isOptional ? [`${name}_n`] : [])
  ])
  const sums = columns.map((column) => (column.endsWith('_max') ? `max(${column})` : `sum(${column})`))
  const means = series.flatMap(({ name, isSpiky, isOptional }) => [
    isOptional ? `${name} / nullif(${name}_n, 0)` : `${name} / n`,
    ...(isSpiky ? [`${name}_max`] : [])
  ])
  const into = `(at, ${kind}, n, ${columns.join()})`

  const insert = database.prepare(`INSERT INTO ${table(0)} ${into} VALUES (?, ?, 1, ${columns.map(() => '?').join()})`)
  const tiers = TIERS.map(({ seconds }, tier) => ({
    clear: database.prepare(`DELETE FROM ${table(tier)} WHERE at = ?`),
    // Of names that come and go, those that were there longest are kept: a step has as many rows at most as it has devices.
    rollUp:
      tier === 0
        ? null
        : database.prepare(
            `INSERT INTO ${table(tier)} ${into} SELECT :at, ${kind}, sum(n), ${sums.join()}
             FROM ${table(tier - 1)} WHERE at >= :at AND at < :end
             GROUP BY ${kind} ORDER BY sum(n) DESC, ${kind} LIMIT ${most}`
          ),
    dropAfter: database.prepare(`DELETE FROM ${table(tier)} WHERE at > ?`),
    // Kept as long as the steps of the host, of which there is one for each of these.
    prune: database.prepare(`DELETE FROM ${table(tier)} WHERE at < (SELECT min(at) FROM steps_${seconds})`),
    select: `SELECT at, ${means.join()} FROM ${table(tier)} WHERE at >= ? AND at <= ? AND ${kind} = ? ORDER BY at`
  }))

  return {
    add({ at, devices }: Step): void {
      tiers[0]!.clear.run(at)
      for (const [name, step] of devices?.[kind] ?? []) {
        let i = 0
        const values = series.flatMap(({ isSpiky, isOptional }) => {
          const mean = step[i++]!
          return [mean, ...(isSpiky ? [step[i++]!] : []), ...(isOptional ? [mean === null ? 0 : 1] : [])]
        })
        insert.run(at, name, ...values)
      }
    },
    rollUp(tier: number, at: number): void {
      const { clear, rollUp } = tiers[tier]!
      if (rollUp === null) return
      clear.run(at)
      rollUp.run({ at, end: at + TIERS[tier]!.seconds })
    },
    dropAfter: (tier: number, at: number): void => {
      tiers[tier]!.dropAfter.run(at)
    },
    prune: (tier: number): void => {
      tiers[tier]!.prune.run()
    },
    read(tier: number, from: number, to: number, name: string): DeviceRow[] {
      const select = database.prepare(tiers[tier]!.select)
      select.setReturnArrays(true)
      return select.all(from, to, name) as unknown as DeviceRow[]
    }
  }
}
