import { useCallback, useState } from 'react'
import { api } from '../../../api/client.ts'
import { asSentence } from '../../../api/explain.ts'
import type { Reply } from '../../../api/paths.ts'
import { formatMoment } from '../../../data/format.ts'
import { useAction } from '../../../data/use-action.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { hrefOf } from '../../../router.ts'
import { nameOf, useTenant } from '../../../session/panel.ts'
import { t } from '../../../texts/index.ts'
import { lookUp } from '../../../texts/look-up.ts'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/class-names.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FormProblem } from '../../../ui/form-problem.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { circleIcon, historyIcon, refreshCwIcon } from '../../../ui/icon-shapes.ts'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { describeTarget, describeUser } from './audit-names.ts'
import { eventIcons, isFault } from './event-icons.ts'
import { type Filter, partsOf } from './filter.ts'

type Page = Reply<'/api/security/audit'>
type Event = Page['events'][number]

const PAGE = 50

interface FilterLinkProps {
  filter: Filter
  value: string
  children: string
}

function FilterLink({ filter, value, children }: FilterLinkProps) {
  if (!value) return null
  return (
    <a
      href={hrefOf('security', 'audit', ...partsOf(filter))}
      title={t.security.audit.only(children)}
      translate="no"
      className="text-text underline decoration-line hover:decoration-current"
    >
      {children}
    </a>
  )
}

/** The icon of an event, in the colour of its level. */
function Mark({ event, level }: Pick<Event, 'event' | 'level'>) {
  const texts = t.security.audit
  const isWarning = level === 'WARNING'
  const word = isFault(event) ? texts.fault : isWarning ? texts.warning : null
  return (
    <span
      title={word ?? undefined}
      className={cx('mt-px', isFault(event) ? 'text-bad' : isWarning ? 'text-warn' : 'text-muted')}
    >
      <Icon shape={eventIcons.get(event) ?? circleIcon} />
      {word && <span className="sr-only">{word}: </span>}
    </span>
  )
}

function TargetName({ event, target }: { event: string; target: string }) {
  const { name, id } = describeTarget({ event, target }, t.security.audit)
  return (
    <span translate="no" className="wrap-anywhere">
      {name}
      {id && <span className="block text-xs text-muted">{id}</span>}
    </span>
  )
}

const columnsFor = (filter: Filter): Column<Event>[] => {
  const texts = t.security.audit
  return [
    {
      key: 'time',
      title: texts.time,
      cell: ({ time }) => (
        <time dateTime={time} title={time} className="font-normal tabular-nums md:whitespace-nowrap">
          {formatMoment(time)}
        </time>
      )
    },
    {
      key: 'event',
      title: texts.event,
      cell: ({ event, message, level, user, ip, target }) => (
        <span className="flex items-start gap-2.5 font-medium">
          <Mark event={event} level={level} />
          <span>
            {lookUp(texts.events, event) ?? asSentence(message)}
            <span className="flex flex-col text-xs font-normal text-muted md:hidden">
              {target && <TargetName event={event} target={target} />}
              <span translate="no">{[describeUser({ user, ip }, texts), ip].filter(Boolean).join(', ')}</span>
            </span>
          </span>
        </span>
      )
    },
    {
      key: 'user',
      title: texts.user,
      isSecondary: true,
      cell: ({ user, ip }) => (
        <FilterLink filter={{ ...filter, user }} value={user}>
          {describeUser({ user, ip }, texts)}
        </FilterLink>
      )
    },
    {
      key: 'ip',
      title: texts.address,
      isSecondary: true,
      cell: ({ ip }) => (
        <FilterLink filter={{ ...filter, ip }} value={ip}>
          {ip}
        </FilterLink>
      )
    },
    {
      key: 'target',
      title: texts.target,
      isSecondary: true,
      cell: ({ event, target }) => target && <TargetName event={event} target={target} />
    }
  ]
}

/** The events of one filter, page by page. A changed filter mounts a new list. */
export function EventList({ title, filter }: { title: string; filter: Filter }) {
  const texts = t.security.audit
  const tenant = useTenant()
  const [older, setOlder] = useState<Page[]>([])
  const { event, user, ip } = filter
  const ask = useCallback(
    (more: { before?: string; signal?: AbortSignal }) => {
      const { signal, ...page } = more
      const query = { limit: PAGE, ...page, ...(event && { event }), ...(user && { user }), ...(ip && { ip }) }
      return api.get('/api/security/audit', { query, ...(signal && { signal }) })
    },
    [event, user, ip]
  )
  const load = useCallback(
    async (signal: AbortSignal) => {
      const page = await ask({ signal })
      // The older pages are loaded again after a new first page.
      setOlder([])
      return page
    },
    [ask]
  )
  const polled = usePoll(load, 0)
  const last = older.at(-1) ?? polled.data
  const more = useAction(async (before: number) => {
    const page = await ask({ before: String(before) })
    setOlder((pages) => [...pages, page])
  })
  const again = (
    <Button size="small" icon={refreshCwIcon} onClick={polled.reload}>
      {texts.newest}
    </Button>
  )
  return (
    <PolledCard polled={polled} title={title} icon={historyIcon} aside={again}>
      {(first) => {
        const events = [first, ...older].flatMap((page) => page.events)
        if (events.length === 0) {
          return (
            <EmptyState icon={historyIcon} title={texts.empty}>
              {texts.emptyText}
            </EmptyState>
          )
        }
        const before = last?.next_before ?? null
        return (
          <>
            <p className="text-sm text-muted">{tenant ? texts.leadOfTenant(nameOf(tenant)) : texts.lead}</p>
            <Table caption={title} columns={columnsFor(filter)} rows={events} keyOf={({ id }) => id} />
            <FormProblem showsWait problem={more.problem} />
            {before === null ? (
              <p className="text-sm text-muted">{texts.end}</p>
            ) : (
              <div>
                <Button size="small" isBusy={more.isBusy} onClick={() => void more.run(before)}>
                  {texts.older}
                </Button>
              </div>
            )}
          </>
        )
      }}
    </PolledCard>
  )
}
