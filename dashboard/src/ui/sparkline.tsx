import { cx } from './class-names.ts'

export interface SparkPoint {
  /** Milliseconds since the epoch. */
  time: number
  value: number | null
}

export interface SparklineProps {
  /** One line per series; the second is dashed. */
  lines: readonly (readonly SparkPoint[])[]
  from: number
  to: number
  /** The value at the top edge; at least the maximum. */
  top?: number
  /** The value at the bottom edge. */
  bottom?: number
}

const WIDTH = 200
const HEIGHT = 40
/** A longer interval between two points is drawn as a gap. */
const GAP_MS = 45_000

/** The path of a line, interrupted at missing values. */
function pathOf(points: readonly SparkPoint[], place: (point: { time: number; value: number }) => string): string {
  let path = ''
  let last: number | null = null
  for (const { time, value } of points) {
    if (value === null) {
      last = null
      continue
    }
    path += `${last === null || time - last > GAP_MS ? 'M' : 'L'}${place({ time, value })}`
    last = time
  }
  return path
}

/** The recent history of a value. Decorative: the charts offer the same data to screen readers. */
export function Sparkline({ lines, from, to, top = 0, bottom = 0 }: SparklineProps) {
  const seen = lines.map((points) => points.filter(({ time }) => time >= from && time <= to))
  const highest = Math.max(top, bottom + 1e-9, ...seen.flat().map(({ value }) => value ?? 0))
  const place = ({ time, value }: { time: number; value: number }) => {
    const x = ((time - from) / (to - from)) * WIDTH
    const y = HEIGHT - 1.5 - ((value - bottom) / (highest - bottom)) * (HEIGHT - 3)
    return `${x.toFixed(1)} ${Math.min(HEIGHT, y).toFixed(1)}`
  }
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="h-10 w-full overflow-visible"
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="stroke-line" />
      {seen.map((points, i) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of the lines is fixed
          key={i}
          d={pathOf(points, place)}
          fill="none"
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeDasharray={i === 1 ? '4 3' : undefined}
          vectorEffect="non-scaling-stroke"
          className={cx(i === 0 ? 'stroke-accent' : 'stroke-warn')}
        />
      ))}
    </svg>
  )
}
