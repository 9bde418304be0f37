import type { DiskHistoryReply, DiskPoint } from '../../schemas/host/disk-history.ts'
import {
  type HistoryPoint,
  type HistoryReply,
  historySeries,
  type Series,
  type Timeframe
} from '../../schemas/host/history.ts'
import type { InterfaceHistoryReply, TrafficPoint } from '../../schemas/host/interface-history.ts'
import type { DeviceRow } from '../storage/device-history.ts'
import type { HistoryRow } from '../storage/history-store.ts'
import { type DeviceKindName, kindOf } from './devices.ts'
import { WRITE_EVERY_MS } from './recorder.ts'
import { SERIES, SPIKY } from './steps.ts'
import { TIERS, WINDOWS } from './tiers.ts'

export interface HistoryQuestion {
  timeframe: Timeframe
  series: readonly Series[]
}

/** Parses the `series` parameter; all series if it is missing. Unknown names and duplicates are ignored. */
export const readSeries = (text: string | undefined): readonly Series[] =>
  text === undefined ? SERIES : SERIES.filter((name) => text.split(',').includes(name))

const NO_DATA = 'no data in this time range'

/** One point per row, and one per missing step between rows and up to the newest written step. */
function pointsOf<Row extends readonly [at: number, ...rest: unknown[]], Point extends { time: number }>(
  rows: readonly Row[],
  step: number,
  now: number,
  pointOf: (at: number, row?: Row) => Point
): Point[] {
  const data: Point[] = []
  const fill = (before: number) => {
    for (let at = data.at(-1)!.time + step; at < before; at += step) data.push(pointOf(at))
  }
  for (const row of rows) {
    if (data.length > 0) fill(row[0])
    data.push(pointOf(row[0], row))
  }
  // Steps not yet finished or written are not a gap.
  if (data.length > 0) fill((now - WRITE_EVERY_MS) / 1000 - 2 * step)
  return data
}

/** The answer of GET /api/node/metrics; `now` in milliseconds since the epoch. */
export function describeHistory(
  { timeframe, series }: HistoryQuestion,
  rows: readonly HistoryRow[],
  node: string,
  now: number
): HistoryReply {
  const step = TIERS[WINDOWS[timeframe].tier]!.seconds
  const fields = series.flatMap((name) => {
    const factor = 10 ** historySeries[name].digits
    return (SPIKY.includes(name) ? [name, `${name}_max`] : [name]).map((field) => ({
      field,
      factor,
      isMeasured: false
    }))
  })
  const pointOf = (at: number, row?: HistoryRow): HistoryPoint => {
    const point: Record<string, number | null> = { time: at }
    for (let i = 0; i < fields.length; i++) {
      const kind = fields[i]!
      const value = row?.[i + 1] ?? null
      if (value !== null) kind.isMeasured = true
      point[kind.field] = value === null ? null : Math.round(value * kind.factor) / kind.factor
    }
    return point as HistoryPoint
  }

  const data = pointsOf(rows, step, now, pointOf)
  const missing = fields.filter(({ field, isMeasured }) => !isMeasured && !field.endsWith('_max'))
  return {
    success: true,
    node,
    timeframe,
    resolution_seconds: step,
    data,
    reasons: Object.fromEntries(missing.map(({ field }) => [field, NO_DATA]))
  }
}

/** The points of a device: each series and, of a spiky one, its maximum. */
function devicePoints<Point extends { time: number }>(
  kind: DeviceKindName,
  timeframe: Timeframe,
  rows: readonly DeviceRow[],
  now: number
) {
  const step = TIERS[WINDOWS[timeframe].tier]!.seconds
  const fields = kindOf(kind).series.flatMap(({ name, isSpiky, digits }) =>
    [name, ...(isSpiky ? [`${name}_max`] : [])].map((field) => ({ field, factor: 10 ** digits }))
  )
  const data = pointsOf(rows, step, now, (time, row?: DeviceRow) => {
    const point: Record<string, number | null> = { time }
    for (const [i, { field, factor }] of fields.entries()) {
      const value = row?.[i + 1] ?? null
      point[field] = value === null ? null : Math.round(value * factor) / factor
    }
    return point as Point
  })
  return { success: true as const, timeframe, resolution_seconds: step, data }
}

/** The answer of GET /api/network/:name/history. `reason`: why this interface is not recorded, if it is not. */
export function describeInterfaceHistory(
  name: string,
  timeframe: Timeframe,
  { rows, reason }: { rows: readonly DeviceRow[]; reason: string | null },
  now: number
): InterfaceHistoryReply {
  const points = devicePoints<TrafficPoint>('interface', timeframe, rows, now)
  const why = reason ?? NO_DATA
  return { ...points, interface: name, reasons: points.data.length > 0 ? {} : { netin: why, netout: why } }
}

/** The answer of GET /api/storage/disks/:disk/history. `reason`: why this disk is not recorded, if it is not. */
export function describeDiskHistory(
  disk: string,
  timeframe: Timeframe,
  { rows, reason }: { rows: readonly DeviceRow[]; reason: string | null },
  now: number
): DiskHistoryReply {
  const points = devicePoints<DiskPoint>('disk', timeframe, rows, now)
  const names = ['diskread', 'diskwrite', 'utilization', 'temperature'] as const
  const missing = names.filter((name) => points.data.every((point) => point[name] === null))
  return { ...points, disk, reasons: Object.fromEntries(missing.map((name) => [name, reason ?? NO_DATA])) }
}
