import { useCallback, useState } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { formatBytes, formatClock, formatPercent, formatRate } from '../../data/format.ts'
import { usePoll } from '../../data/use-poll.ts'
import { ProcessDialog } from '../../parts/processes/process-dialog.tsx'
import { type Process, ProcessName } from '../../parts/processes/process-name.tsx'
import { SampleNote, Value } from '../../parts/sample.tsx'
import { goTo } from '../../router.ts'
import type { PageProps } from '../../routes.ts'
import { t } from '../../texts/index.ts'
import { lookUp } from '../../texts/look-up.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { searchIcon } from '../../ui/icon-shapes.ts'
import { Page } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { type Column, Table } from '../../ui/table.tsx'

const EVERY_MS = 10_000
const sorts = ['cpu', 'memory', 'io', 'pid', 'name'] as const
type Sort = (typeof sorts)[number]
const limits = ['25', '50', '100', '500'] as const
type Limit = (typeof limits)[number]
const { processes: p } = t

const columnsOf = (reasons: Reply<'/api/processes'>['reasons'], open: (pid: number) => void): Column<Process>[] => [
  {
    key: 'name',
    title: p.name,
    cell: (row) => (
      <span className="flex flex-col">
        <ProcessName process={row} onOpen={open} />
        <span
          translate="no"
          className="line-clamp-1 max-w-[30rem] text-xs font-normal text-muted max-md:max-w-[8.5rem]"
        >
          {row.cmdline}
        </span>
      </span>
    )
  },
  { key: 'pid', title: p.pid, isNumeric: true, isSecondary: true, cell: ({ pid }) => pid },
  {
    key: 'user',
    title: p.user,
    isSecondary: true,
    cell: ({ user }) => (
      <Value value={user} reason={reasons.user}>
        {(value) => <span translate="no">{value}</span>}
      </Value>
    )
  },
  {
    key: 'cpu',
    title: p.cpu,
    isNumeric: true,
    cell: ({ cpu }) => (
      <Value value={cpu} reason={reasons.cpu}>
        {(value) => <span className="whitespace-nowrap">{formatPercent(value)}</span>}
      </Value>
    )
  },
  {
    key: 'memory',
    title: p.memory,
    isNumeric: true,
    cell: ({ rss }) => (
      <Value value={rss} reason={reasons.rss}>
        {(value) => <span className="whitespace-nowrap">{formatBytes(value)}</span>}
      </Value>
    )
  },
  {
    key: 'io',
    title: p.io,
    isNumeric: true,
    isSecondary: true,
    cell: ({ read_bytes_per_second: read, write_bytes_per_second: written }) => (
      <Value value={read} reason={reasons.read_bytes_per_second}>
        {(value) => (
          <span className="whitespace-nowrap">
            {formatRate(value)} · {formatRate(written ?? 0)}
          </span>
        )}
      </Value>
    )
  },
  { key: 'state', title: p.state, isSecondary: true, cell: ({ state }) => lookUp(p.states, state) ?? state }
]

const matches = (filter: string) => {
  const wanted = filter.trim().toLowerCase()
  return ({ pid, command, cmdline, user }: Process) =>
    !wanted ||
    String(pid) === wanted ||
    [command, cmdline, user ?? ''].some((text) => text.toLowerCase().includes(wanted))
}

const orElse = <T extends string>(values: readonly T[], value: string | undefined, fallback: T): T =>
  values.find((each) => each === value) ?? fallback

/** The URL holds the sort order and the number of rows: `#/processes/memory/100`. */
export default function Processes({ rest }: PageProps) {
  const sort: Sort = orElse(sorts, rest[0], 'cpu')
  const limit: Limit = orElse(limits, rest[1], '50')
  const [filter, setFilter] = useState('')
  const [pid, setPid] = useState<number | null>(null)
  const load = useCallback(
    (signal: AbortSignal) => api.get('/api/processes', { query: { sort, limit: Number(limit) }, signal }),
    [sort, limit]
  )
  const polled = usePoll(load, EVERY_MS)
  const { data } = polled
  const rows = data?.processes.filter(matches(filter)) ?? []
  const lead = data ? p.lead(rows.length, data.total, formatClock(data.timestamp)) : t.ui.loading
  return (
    <Page title={p.title} lead={polled.problem ? null : lead} actions={<Freshness polled={polled} />}>
      <PollProblem polled={polled} />
      <Card>
        <div className="grid grid-cols-2 gap-3 md:grid-cols-[2fr_1fr_1fr]">
          <Field
            label={p.filter}
            type="search"
            placeholder={p.filterHint}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            className="max-md:col-span-2"
          />
          <Select
            label={p.sort}
            value={sort}
            options={sorts.map((value) => ({ value, label: p.sorts[value] }))}
            onChange={(value) => goTo('processes', value, limit)}
          />
          <Select
            label={p.show}
            value={limit}
            options={limits.map((value) => ({ value, label: value }))}
            onChange={(value) => goTo('processes', sort, value)}
          />
        </div>
        {data && <SampleNote age={{ stale: data.stale, age_seconds: data.age_seconds, reason: null }} />}
        {!data && !polled.problem && <Loading lines={10} />}
        {data && rows.length > 0 && (
          <Table caption={p.caption} columns={columnsOf(data.reasons, setPid)} rows={rows} keyOf={(row) => row.pid} />
        )}
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
