import {
  type HistoryPoint,
  type HistoryReply,
  historySeries,
  type Series,
  type Timeframe
} from '../../schemas/host/history.ts'
import type { InterfaceHistoryReply, TrafficPoint } from '../../schemas/host/interface-history.ts'
import type { HistoryRow } from '../storage/history-store.ts'
import type { TrafficRow } from '../storage/traffic-history.ts'
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

const rounded = (value: number | undefined): number | null => (value === undefined ? null : Math.round(value))

/** The answer of GET /api/network/:name/history. `isRecorded`: the history of this kind of interface is kept. */
export function describeInterfaceHistory(
  name: string,
  timeframe: Timeframe,
  { rows, isRecorded }: { rows: readonly TrafficRow[]; isRecorded: boolean },
  now: number
): InterfaceHistoryReply {
  const step = TIERS[WINDOWS[timeframe].tier]!.seconds
  const data = pointsOf(rows, step, now, (time, row?: TrafficRow): TrafficPoint => {
    const [, netin, netinMax, netout, netoutMax] = row ?? []
    return {
      time,
      netin: rounded(netin),
      netin_max: rounded(netinMax),
      netout: rounded(netout),
      netout_max: rounded(netoutMax)
    }
  })
  const reason = isRecorded ? NO_DATA : 'only physical interfaces, bonds, bridges and VLANs are recorded'
  return {
    success: true,
    interface: name,
    timeframe,
    resolution_seconds: step,
    data,
    reasons: data.length > 0 ? {} : { netin: reason, netout: reason }
  }
}
