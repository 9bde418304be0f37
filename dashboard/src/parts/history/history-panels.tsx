import { lazy, Suspense } from 'react'
import { asSentence } from '../../api/explain.ts'
import { formatDate } from '../../data/format.ts'
import { t } from '../../texts/index.ts'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { ChartOf, HistoryOf, PolledHistory, Timeframe } from './history.ts'
import { useZoom, type Zoom } from './use-zoom.ts'
import { ZoomBar } from './zoom-bar.tsx'

// Loads uPlot only when a chart is shown.
const Chart = lazy(() => import('./chart.tsx'))

const SPANS_S: Record<Timeframe, number> = {
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: 30 * 86_400,
  year: 365 * 86_400
}

const Place = () => <Skeleton className="h-44 w-full" />

interface PanelProps<P> {
  chart: ChartOf<P>
  history: HistoryOf<P>
  zoom: Zoom
}

function Panel<P extends { time: number }>({ chart, history, zoom }: PanelProps<P>) {
  const isEmpty = history.data.every((point) => chart.lines.every(({ of }) => of(point) === null))
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="text-sm font-medium">{chart.title}</h3>
      {isEmpty ? (
        <p className="grid h-32 place-items-center rounded-lg bg-raised p-4 text-center text-sm text-muted">
          {asSentence(history.reasons[chart.reason] ?? t.history.nothing)}
        </p>
      ) : (
        <Suspense fallback={<Place />}>
          <Chart chart={chart} points={history.data} zoom={zoom} />
        </Suspense>
      )}
    </div>
  )
}

/** When the values begin, in seconds since the epoch, if they do not fill the timeframe; else null. */
export function startOf<P extends { time: number }>(
  { data, timeframe }: Pick<HistoryOf<P>, 'data' | 'timeframe'>,
  charts: readonly ChartOf<P>[]
): number | null {
  const first = data.find((point) => charts.some(({ lines }) => lines.some(({ of }) => of(point) !== null)))
  const end = data.at(-1)?.time ?? 0
  return first && first.time > end - SPANS_S[timeframe] * 0.9 ? first.time : null
}

/** The charts of a polled history, which are zoomed together. */
export function HistoryPanels<P extends { time: number }>({
  polled,
  charts
}: {
  polled: PolledHistory<P>
  charts: readonly ChartOf<P>[]
}) {
  const { data } = polled
  const since = data && startOf(data, charts)
  const timeframe = data?.timeframe ?? 'hour'
  const zoom = useZoom(data?.data ?? [], SPANS_S[timeframe], timeframe)
  return (
    <>
      {data && data.data.length > 0 && <ZoomBar zoom={zoom} />}
      {since !== null && <p className="text-sm text-muted">{t.history.since(formatDate(since * 1000))}</p>}
      <p className="empty:hidden">
        <Freshness polled={polled} />
      </p>
      <PollProblem polled={polled} />
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
        {charts.map((chart) =>
          data ? (
            <Panel key={chart.title} chart={chart} history={data} zoom={zoom} />
          ) : (
            !polled.problem && <Place key={chart.title} />
          )
        )}
      </div>
    </>
  )
}
