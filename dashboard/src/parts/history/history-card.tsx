import { type ReactNode, useCallback, useState } from 'react'
import { type Polled, usePoll } from '../../data/use-poll.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'
import { historyIcon } from '../../ui/icon-shapes.ts'
import { type ChartOf, type HistoryOf, type Timeframe, timeframeOptions } from './history.ts'
import { HistoryPanels } from './history-panels.tsx'

const EVERY_MS = 60_000
/** While there are only a few points, such as after a start of the daemon. */
const NEW_EVERY_MS = 15_000
const NEW_POINTS = 5

export interface ChosenHistory<H> {
  timeframe: Timeframe
  choose(timeframe: Timeframe): void
  polled: Polled<H>
}

/** The history of one thing, for a timeframe that the user chooses. Wrap `load` in useCallback. */
export function useHistory<H extends { data: readonly unknown[] }>(
  load: (timeframe: Timeframe, signal: AbortSignal) => Promise<H>
): ChosenHistory<H> {
  const [timeframe, choose] = useState<Timeframe>('hour')
  const [isNew, setNew] = useState(false)
  const loadIt = useCallback((signal: AbortSignal) => load(timeframe, signal), [load, timeframe])
  const polled = usePoll(loadIt, isNew ? NEW_EVERY_MS : EVERY_MS)
  const hasFew = timeframe === 'hour' && polled.data !== null && polled.data.data.length <= NEW_POINTS
  if (polled.data !== null && hasFew !== isNew) setNew(hasFew)
  return { timeframe, choose, polled }
}

interface HistoryCardProps<P extends { time: number }> {
  history: ChosenHistory<HistoryOf<P>>
  charts: readonly ChartOf<P>[]
  /** Shown above the charts, such as the age of the values. */
  children?: ReactNode
}

/** The charts of a history, for one hour to one year. */
export function HistoryCard<P extends { time: number }>({ history, charts, children }: HistoryCardProps<P>) {
  return (
    <Card title={t.history.title} icon={historyIcon}>
      <div>
        <Choice<Timeframe>
          label={t.history.timeframe}
          value={history.timeframe}
          options={timeframeOptions}
          onChange={history.choose}
        />
      </div>
      {children}
      <HistoryPanels polled={history.polled} charts={charts} />
    </Card>
  )
}
