import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { formatDate, formatDay, formatHour } from '../../data/format.ts'
import { useUnits } from '../../data/units.ts'
import { t } from '../../texts/index.ts'
import { cx } from '../../ui/class-names.ts'
import type { ChartOf } from './history.ts'
import { useColours } from './use-colours.ts'
import type { Zoom } from './use-zoom.ts'
import { indexesIn, type ZoomStep } from './zoom.ts'

const HEIGHT = 176
// Lines differ by dash pattern as well as by colour.
const dashes = [[], [5, 4], [1.5, 3]]
// Axis steps for bytes in binary units.
const binarySteps = Array.from({ length: 50 }, (_, power) => 2 ** power)

interface Point {
  /** Seconds since the epoch. */
  time: number
}

const tableOf = <P extends Point>({ lines }: ChartOf<P>, points: P[]): uPlot.AlignedData => [
  points.map(({ time }) => time),
  ...lines.map(({ of }) => points.map(of))
]

/** Pixels around a single point in which it is under the pointer. */
const NEAR_PX = 8
/** A shorter drag is a click. */
const DRAG_PX = 8
const zoomKeys: Readonly<Record<string, ZoomStep>> = { '+': 'in', '=': 'in', '-': 'out', '0': 'reset' }

/** The point under the pointer. uPlot names the nearest one, also where the chart has none, such as before a start. */
function pointUnder(plot: uPlot): number | null {
  const { idx, left } = plot.cursor
  const times = plot.data[0]
  if (idx == null || left == null || left < 0) return null
  const step = times.length > 1 ? times[1]! - times[0]! : 0
  const near = plot.posToVal(left + NEAR_PX, 'x') - plot.posToVal(left, 'x')
  return Math.abs(plot.posToVal(left, 'x') - times[idx]!) > Math.max(step, near) ? null : idx
}

interface ChartProps<P> {
  chart: ChartOf<P>
  points: P[]
  zoom: Zoom
}

const setCursorAt = (plot: uPlot, time: number): void =>
  plot.setCursor({ left: plot.valToPos(time, 'x'), top: HEIGHT / 3 })

/**
 * A chart with a legend that toggles lines, and a pointer that the arrow keys also move. Dragging over it, or the keys
 * + and -, change the part of the time that it shows.
 */
export default function Chart<P extends Point>({ chart, points, zoom }: ChartProps<P>) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const keptTime = useRef<number | null>(null)
  const [index, setIndex] = useState<number | null>(null)
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  const colours = useColours()
  const units = useUnits()
  const data = tableOf(chart, points)
  const { shown } = zoom
  const latest = useRef({ data, zoom })
  latest.current = { data, zoom }

  useEffect(() => {
    const box = place.current!
    const { width } = box.getBoundingClientRect()
    const axis = {
      stroke: colours.muted,
      grid: { stroke: colours.line, width: 1 },
      ticks: { show: false },
      font: '11px system-ui, sans-serif'
    }
    const made = new uPlot(
      {
        width: Math.max(200, width),
        height: HEIGHT,
        padding: [8, 8, 0, 0],
        legend: { show: false },
        cursor: { drag: { x: true, y: false, setScale: false, dist: DRAG_PX }, y: false, points: { size: 7 } },
        scales: {
          x: {
            range: () => {
              const { from, to } = latest.current.zoom.shown
              return [from, to]
            }
          },
          y: {
            range: (_, low, high) => [
              chart.bottom === undefined ? 0 : Math.min(chart.bottom, low ?? chart.bottom),
              Math.max(chart.top, (high ?? 0) * 1.08)
            ]
          }
        },
        axes: [
          {
            ...axis,
            space: 70,
            size: 24,
            values: (_, ticks) => {
              const { from, to } = latest.current.zoom.shown
              return ticks.map((tick) => (to - from > 2 * 86_400 ? formatDay(tick * 1000) : formatHour(tick * 1000)))
            }
          },
          {
            ...axis,
            size: 74,
            space: 36,
            ...(chart.isBytes && units.bytes === 'binary' && { incrs: binarySteps }),
            values: (_, ticks) => ticks.map(chart.format)
          }
        ],
        series: [
          {},
          ...chart.lines.map(({ name }, i) => ({
            label: name,
            stroke: colours.lines[i]!,
            dash: dashes[i]!,
            width: 1.5,
            points: { size: 4, fill: colours.lines[i]! },
            ...(i === 0 && { fill: colours.fill })
          }))
        ],
        hooks: {
          setCursor: [(plot) => setIndex(pointUnder(plot))],
          setSelect: [
            ({ select, posToVal }) => {
              if (select.width < DRAG_PX) return
              latest.current.zoom.select(posToVal(select.left, 'x'), posToVal(select.left + select.width, 'x'))
              made.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
            }
          ]
        }
      },
      latest.current.data,
      box
    )
    plot.current = made
    const watch = new ResizeObserver(([entry]) => {
      made.setSize({ width: Math.max(200, entry!.contentRect.width), height: HEIGHT })
    })
    watch.observe(box)
    return () => {
      watch.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [chart, colours, units])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `data` is made of `points`; a new look makes a new plot
  useEffect(() => {
    const made = plot.current
    made?.setData(data)
    // A zoom keeps the cursor on its place of the screen; a zoom by keys keeps it on its time.
    if (made && keptTime.current !== null) setCursorAt(made, keptTime.current)
    keptTime.current = null
  }, [points, shown.from, shown.to, colours, units])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new look makes a new plot
  useEffect(() => {
    chart.lines.forEach((_, i) => {
      plot.current?.setSeries(i + 1, { show: !hidden.has(i) })
    })
  }, [hidden, colours, units, chart])

  const visible = indexesIn(points, shown)
  const [first, last] = visible ?? [0, 0]
  const point = index === null ? null : points[index]
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      PageUp: -20,
      PageDown: 20,
      Home: -1e9,
      End: 1e9
    }
    const step = steps[event.key]
    const zoomStep = event.ctrlKey || event.metaKey || event.altKey ? undefined : zoomKeys[event.key]
    const made = plot.current
    if (!made || (step === undefined && zoomStep === undefined)) return
    event.preventDefault()
    if (zoomStep !== undefined) {
      keptTime.current = point?.time ?? null
      zoom.step(zoomStep, point?.time)
    }
    if (step === undefined || visible === null) return
    const next = Math.min(last, Math.max(first, (index ?? last + 1) + step))
    setCursorAt(made, points[next]!.time)
  }

  const newest = points.findLast((each) => chart.lines.some(({ of }) => of(each) !== null))
  const toggle = (i: number) => {
    const next = new Set(hidden)
    if (!next.delete(i)) next.add(i)
    setHidden(next)
  }
  const say = (i: number, at: P | undefined | null) => {
    const value = at ? chart.lines[i]!.of(at) : null
    return value === null ? '–' : chart.format(value)
  }
  const words = chart.lines.map(({ name }, i) => `${name} ${say(i, newest)}`).join(', ')
  return (
    <div className="flex flex-col gap-2">
      <div
        role="slider"
        tabIndex={0}
        aria-label={t.history.chartOf(chart.title, words)}
        aria-valuemin={first}
        aria-valuemax={last}
        aria-valuenow={Math.min(last, Math.max(first, index ?? last))}
        aria-valuetext={
          point
            ? `${formatDate(point.time * 1000)}: ${chart.lines.map(({ name }, i) => `${name} ${say(i, point)}`).join(', ')}`
            : words
        }
        onKeyDown={onKeyDown}
        onBlur={() => plot.current?.setCursor({ left: -10, top: -10 })}
        className="relative min-w-0"
      >
        <div ref={place} className="h-44 overflow-hidden" />
        {point && (
          <div
            aria-hidden="true"
            className={cx(
              'pointer-events-none absolute top-1 z-10 rounded-lg border bg-surface px-2.5 py-1.5 text-xs shadow-float',
              index! > points.length / 2 || (plot.current?.valToPos(point.time, 'x') ?? 0) > 160 ? 'left-20' : 'right-2'
            )}
          >
            <p className="text-muted">{formatDate(point.time * 1000)}</p>
            {chart.lines.map(({ name }, i) =>
              hidden.has(i) ? null : (
                <p key={name} className="flex justify-between gap-4 tabular-nums">
                  <span>{name}</span>
                  <span className="font-medium">{say(i, point)}</span>
                </p>
              )
            )}
          </div>
        )}
      </div>
      <ul className="flex flex-wrap gap-x-1 gap-y-1">
        {chart.lines.map(({ name }, i) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={!hidden.has(i)}
              onClick={() => toggle(i)}
              className={cx(
                'flex min-h-7 items-center gap-1.5 rounded-md px-1.5 text-xs hover:bg-raised',
                hidden.has(i) && 'text-muted line-through'
              )}
            >
              <svg viewBox="0 0 18 4" aria-hidden="true" className="h-1 w-[1.125rem]">
                <line
                  x2="18"
                  y1="2"
                  y2="2"
                  stroke={colours.lines[i]}
                  strokeWidth="2"
                  strokeDasharray={dashes[i]!.join(' ')}
                />
              </svg>
              {name}
              <span className="text-muted tabular-nums">{say(i, newest)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
