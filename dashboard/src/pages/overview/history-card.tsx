import { useCallback, useState } from 'react'
import { api } from '../../api/client.ts'
import { type Polled, usePoll } from '../../data/use-poll.ts'
import { type Timeframe, timeframeOptions } from '../../parts/history/history.ts'
import { HistoryPanels } from '../../parts/history/history-panels.tsx'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'
import { historyIcon } from '../../ui/icon-shapes.ts'
import { charts } from './charts.ts'
import type { History } from './recent.ts'

const EVERY_MS = 5 * 60_000

type Charts = typeof charts

function Other({ timeframe, charts }: { timeframe: Timeframe; charts: Charts }) {
  const load = useCallback(
    (signal: AbortSignal) => api.get('/api/node/metrics', { query: { timeframe }, signal }),
    [timeframe]
  )
  return <HistoryPanels polled={usePoll(load, EVERY_MS)} charts={charts} />
}

/** The history of this host, for one hour to one year. */
export function HistoryCard({ hour, hasSensor }: { hour: Polled<History>; hasSensor: boolean }) {
  const shown = hasSensor ? charts : charts.filter(({ reason }) => reason !== 'temperature')
  const [timeframe, setTimeframe] = useState<Timeframe>('hour')
  return (
    <Card title={t.history.title} icon={historyIcon}>
      <div>
        <Choice<Timeframe>
          label={t.history.timeframe}
          value={timeframe}
          options={timeframeOptions}
          onChange={setTimeframe}
        />
      </div>
      {timeframe === 'hour' ? (
        <HistoryPanels polled={hour} charts={shown} />
      ) : (
        <Other key={timeframe} timeframe={timeframe} charts={shown} />
      )}
    </Card>
  )
}
