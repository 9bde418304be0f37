import { useCallback, useState } from 'react'
import { api } from '../../../api/client.ts'
import { asSentence } from '../../../api/explain.ts'
import type { Reply } from '../../../api/paths.ts'
import { formatMoment } from '../../../data/format.ts'
import { useAction } from '../../../data/use-action.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { texts } from '../../../texts/alerts.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FormProblem } from '../../../ui/form-problem.tsx'
import { historyIcon, refreshCwIcon } from '../../../ui/icon-shapes.ts'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { type Column, Table } from '../../../ui/table.tsx'

type Page = Reply<'/api/alerts/history'>
type Message = Page['messages'][number]

const PAGE = 20
const { history: h } = texts
const tones: Record<Message['state'], Tone> = {
  waiting: 'warn',
  delivered: 'good',
  given_up: 'bad',
  dropped: 'neutral'
}

function State({ message: { state, attempts, reason, status } }: { message: Message }) {
  const isFailed = state !== 'delivered' && reason !== null
  return (
    <span className="flex flex-col items-start gap-1">
      <Badge tone={tones[state]} hasMark>
        {h.states[state]}
      </Badge>
      {isFailed && <span>{asSentence(reason)}</span>}
      {attempts > 0 && (
        <span className="text-xs text-muted">
          {h.attempts(attempts)}
          {status !== null && `, ${h.status(status)}`}
        </span>
      )}
    </span>
  )
}

const columns: readonly Column<Message>[] = [
  {
    key: 'message',
    title: h.message,
    cell: ({ title, lines, time, channel }) => (
      <span className="flex flex-col gap-0.5 font-normal">
        <span translate="no" className="font-medium">
          {title}
        </span>
        {lines.length > 1 && (
          <details className="text-xs text-muted">
            <summary className="cursor-pointer">{h.lines(lines.length)}</summary>
            <ul translate="no" className="flex flex-col gap-0.5 pt-1">
              {lines.map((line, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of a message never change, and can be equal
                <li key={i}>{line}</li>
              ))}
            </ul>
          </details>
        )}
        <span className="text-xs text-muted md:hidden">
          {formatMoment(time)}, <span translate="no">{channel}</span>
        </span>
      </span>
    )
  },
  { key: 'channel', title: h.channel, isSecondary: true, cell: ({ channel }) => <span translate="no">{channel}</span> },
  {
    key: 'time',
    title: h.time,
    isSecondary: true,
    cell: ({ time }) => (
      <time dateTime={time} title={time} className="tabular-nums whitespace-nowrap">
        {formatMoment(time)}
      </time>
    )
  },
  { key: 'state', title: h.state, cell: (message) => <State message={message} /> }
]

/** The sent messages, page by page. */
export function HistoryCard() {
  const [older, setOlder] = useState<Page[]>([])
  const load = useCallback(async (signal: AbortSignal) => {
    const page = await api.get('/api/alerts/history', { query: { limit: PAGE }, signal })
    setOlder([])
    return page
  }, [])
  const polled = usePoll(load, 0)
  const more = useAction(async (before: number) => {
    const page = await api.get('/api/alerts/history', { query: { limit: PAGE, before } })
    setOlder((pages) => [...pages, page])
  })
  const again = (
    <Button size="small" icon={refreshCwIcon} onClick={polled.reload}>
      {h.newest}
    </Button>
  )
  return (
    <PolledCard polled={polled} title={h.title} icon={historyIcon} aside={again}>
      {(first) => {
        const pages = [first, ...older]
        const messages = pages.flatMap((page) => page.messages)
        const before = pages.at(-1)!.next_before
        if (messages.length === 0)
          return (
            <EmptyState icon={historyIcon} title={h.empty}>
              {h.emptyText}
            </EmptyState>
          )
        return (
          <>
            <p className="text-sm text-muted">{h.lead}</p>
            <Table caption={h.title} columns={columns} rows={messages} keyOf={({ id }) => id} />
            <FormProblem showsWait problem={more.problem} />
            {before === null ? (
              <p className="text-sm text-muted">{h.end}</p>
            ) : (
              <div>
                <Button size="small" isBusy={more.isBusy} onClick={() => void more.run(before)}>
                  {h.older}
                </Button>
              </div>
            )}
          </>
        )
      }}
    </PolledCard>
  )
}
