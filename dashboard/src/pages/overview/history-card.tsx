import { lazy, Suspense, useCallback, useState } from 'react'
import { api } from '../../api/client.ts'
import { asSentence } from '../../api/explain.ts'
import { type Polled, usePoll } from '../../data/use-poll.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { historyIcon } from '../../ui/icon-shapes.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { type ChartOf, charts } from './charts.ts'
import type { History } from './recent.ts'

// Loads uPlot only when the chart is shown.
const Chart = lazy(() => import('./chart.tsx'))

const timeframes = ['hour', 'day', 'week', 'month', 'year'] as const
type Timeframe = (typeof timeframes)[number]
const SPANS_S: Record<Timeframe, number> = {
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: 30 * 86_400,
  year: 365 * 86_400
}
const EVERY_MS = 5 * 60_000
const options = timeframes.map((value) => ({ value, label: t.history.timeframes[value] }))

const Place = () => <Skeleton className="h-44 w-full" />

function Panel({ chart, history }: { chart: ChartOf; history: History }) {
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
          <Chart chart={chart} points={history.data} span={SPANS_S[history.timeframe]} />
        </Suspense>
      )}
    </div>
  )
}

function Panels({ polled }: { polled: Polled<History> }) {
  const { data } = polled
  return (
    <>
      <p className="empty:hidden">
        <Freshness polled={polled} />
      </p>
      <PollProblem polled={polled} />
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
        {charts.map((chart) =>
          data ? (
            <Panel key={chart.title} chart={chart} history={data} />
          ) : (
            !polled.problem && <Place key={chart.title} />
          )
        )}
      </div>
    </>
  )
}

function Other({ timeframe }: { timeframe: Timeframe }) {
  const load = useCallback(
    (signal: AbortSignal) => api.get('/api/node/metrics', { query: { timeframe }, signal }),
    [timeframe]
  )
  return <Panels polled={usePoll(load, EVERY_MS)} />
}

/** The history of this host, for one hour to one year. */
export function HistoryCard({ hour }: { hour: Polled<History> }) {
  const [timeframe, setTimeframe] = useState<Timeframe>('hour')
  return (
    <Card title={t.history.title} icon={historyIcon}>
      <div>
        <Choice<Timeframe> label={t.history.timeframe} value={timeframe} options={options} onChange={setTimeframe} />
      </div>
      {timeframe === 'hour' ? <Panels polled={hour} /> : <Other key={timeframe} timeframe={timeframe} />}
    </Card>
  )
}
