import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { api } from '../../api/client.ts'
import { formatClock } from '../../data/format.ts'
import { usePoll } from '../../data/use-poll.ts'
import { ProcessDialog } from '../../parts/processes/process-dialog.tsx'
import { SampleNote } from '../../parts/sample.tsx'
import { goTo } from '../../router.ts'
import type { PageProps } from '../../routes.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { searchIcon } from '../../ui/icon-shapes.ts'
import { Page } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { Table } from '../../ui/table.tsx'
import { columnsOf } from './columns.tsx'
import { rowsOf } from './rows.ts'
import { limits, partsOf, readView, type Sort, sortedBy, sorts, type View } from './view.ts'

const EVERY_MS = 10_000
/** The most that the API returns. */
const MOST = 2000
const { processes: p } = t

const show = (view: View) => goTo('processes', ...partsOf(view))
/** The order in which the host chooses the processes that it returns, if there are more. */
const choiceOf = (sort: Sort) => (sort === 'user' || sort === 'state' ? 'cpu' : sort)

/** The URL holds the view: `#/processes/memory/100/ascending/tree`. All processes are loaded, and sorted here. */
export default function Processes({ rest }: PageProps) {
  const parts = rest.join('/')
  const view = useMemo(() => readView(parts.split('/')), [parts])
  const [filter, setFilter] = useState('')
  const [pid, setPid] = useState<number | null>(null)
  const [isCut, setCut] = useState(false)
  const choice = isCut ? choiceOf(view.sort) : 'cpu'
  const load = useCallback(
    (signal: AbortSignal) => api.get('/api/processes', { query: { sort: choice, limit: MOST }, signal }),
    [choice]
  )
  const polled = usePoll(load, EVERY_MS)
  const { data } = polled
  const hasMore = data?.total != null && data.total > data.processes.length
  if (data && hasMore !== isCut) setCut(hasMore)

  // Typing and clicks are answered before hundreds of rows are drawn.
  const shownFilter = useDeferredValue(filter)
  const shownView = useDeferredValue(view)
  const { rows, matching } = useMemo(
    () => rowsOf(data?.processes ?? [], shownFilter, shownView),
    [data, shownFilter, shownView]
  )
  const table = useMemo(
    () =>
      data && (
        <Table
          caption={p.caption}
          columns={columnsOf(data.reasons, setPid)}
          rows={rows}
          keyOf={({ process }) => process.pid}
          sorting={{
            key: shownView.sort,
            isDescending: shownView.isDescending,
            onSort: (key) => show(sortedBy(shownView, key as Sort))
          }}
        />
      ),
    [data, rows, shownView]
  )
  const lead = () => {
    if (!data) return t.ui.loading
    const time = formatClock(data.timestamp)
    // The tree also has the ancestors of what matches.
    const shown = rows.filter(({ isContext }) => !isContext).length
    return shownFilter.trim() && matching > shown
      ? p.leadFiltered(matching, data.total, shown, time)
      : p.lead(shown, data.total, time)
  }
  return (
    <Page title={p.title} lead={polled.problem ? null : lead()} actions={<Freshness polled={polled} />}>
      <PollProblem polled={polled} />
      <Card>
        <div className="grid grid-cols-2 items-end gap-3 md:grid-cols-[1fr_10rem_auto]">
          <Field
            label={p.filter}
            type="search"
            placeholder={p.filterHint}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            className="max-md:col-span-2"
          />
          {/* Narrow screens do not show every column. */}
          <Select
            label={p.sort}
            value={view.sort}
            options={sorts.map((value) => ({ value, label: p.sorts[value] }))}
            onChange={(sort) => show(sortedBy(view, sort))}
            className="md:hidden"
          />
          <Select
            label={p.show}
            value={view.limit}
            options={limits.map((value) => ({ value, label: value === 'all' ? p.all : value }))}
            onChange={(limit) => show({ ...view, limit })}
          />
          <div>
            <Choice
              label={p.view}
              value={view.isTree ? 'tree' : 'list'}
              options={[
                { value: 'list', label: p.list },
                { value: 'tree', label: p.tree }
              ]}
              onChange={(chosen) => show({ ...view, isTree: chosen === 'tree' })}
            />
          </div>
        </div>
        {data && <SampleNote age={{ stale: data.stale, age_seconds: data.age_seconds, reason: null }} />}
        {!data && !polled.problem && <Loading lines={10} />}
        {rows.length > 0 && table}
        {data && rows.length === 0 && (
          <EmptyState icon={searchIcon} title={p.none}>
            {p.noneText(data.processes.length)}
          </EmptyState>
        )}
      </Card>
      {pid !== null && <ProcessDialog pid={pid} onOpen={setPid} onClose={() => setPid(null)} />}
    </Page>
  )
}
