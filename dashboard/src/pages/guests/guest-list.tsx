import { useState } from 'react'
import { formatBytes, formatPercent } from '../../data/format.ts'
import { SampleNote } from '../../parts/sample.tsx'
import { hrefOf } from '../../router.ts'
import { texts } from '../../texts/guests.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { searchIcon, serverIcon } from '../../ui/icon-shapes.ts'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { StateBadge, Tags } from './badges.tsx'
import { formatUptime, type Guest, tagsOf, useGuests } from './guest.ts'
import { Measured, type MeasuredField } from './measured.tsx'

const value = (guest: Guest, field: MeasuredField, format: (value: number) => string) => (
  <Measured guest={guest} field={field}>
    {(measured) => <span className="whitespace-nowrap">{format(measured)}</span>}
  </Measured>
)

const columns: Column<Guest>[] = [
  {
    key: 'name',
    title: texts.name,
    cell: (guest) => (
      <span className="flex flex-col items-start gap-0.5">
        <a href={hrefOf('guests', String(guest.vmid))} translate="no" className="wrap-anywhere">
          {guest.name}
        </a>
        <span className="text-xs font-normal text-muted md:hidden">
          {guest.vmid} · {texts.types[guest.type]} · <span translate="no">{guest.node}</span>
        </span>
        <span className="md:hidden">
          <StateBadge guest={guest} />
        </span>
        <Tags guest={guest} />
      </span>
    )
  },
  { key: 'vmid', title: 'ID', isNumeric: true, isSecondary: true, cell: ({ vmid }) => vmid },
  { key: 'type', title: texts.type, isSecondary: true, cell: ({ type }) => texts.types[type] },
  { key: 'node', title: texts.node, isSecondary: true, cell: ({ node }) => <span translate="no">{node}</span> },
  { key: 'state', title: texts.state, isSecondary: true, cell: (guest) => <StateBadge guest={guest} /> },
  {
    key: 'cpu',
    title: texts.cpu,
    isNumeric: true,
    cell: (guest) => value(guest, 'cpu', (cpu) => formatPercent(cpu * 100))
  },
  {
    key: 'memory',
    title: texts.memory,
    isNumeric: true,
    cell: (guest) => value(guest, 'mem', formatBytes)
  },
  {
    key: 'disk',
    title: texts.disk,
    isNumeric: true,
    isSecondary: true,
    cell: (guest) => value(guest, 'disk', formatBytes)
  },
  {
    key: 'uptime',
    title: texts.uptime,
    isNumeric: true,
    isSecondary: true,
    cell: (guest) => value(guest, 'uptime', formatUptime)
  }
]

const matches = (search: string) => {
  const words = search.trim().toLowerCase().split(/\s+/)
  return (guest: Guest) => {
    const text = [
      guest.name,
      guest.vmid,
      guest.node,
      guest.status,
      texts.types[guest.type],
      guest.template ? texts.template : '',
      ...tagsOf(guest)
    ]
    const all = text.join(' ').toLowerCase()
    return words.every((word) => all.includes(word))
  }
}

/** The VMs and containers of all nodes. */
export function GuestList() {
  const { polled, guests } = useGuests()
  const [search, setSearch] = useState('')
  const { data } = polled
  const shown = guests.filter(matches(search))
  const real = guests.filter(({ template }) => !template)
  const running = real.filter(({ status }) => status === 'running').length
  const isUnread = guests.length === 0 && data?.reason != null
  const lead = data ? texts.lead(running, real.length) : t.ui.loading
  return (
    <Page
      title={t.nav.guests}
      lead={polled.problem || isUnread ? null : lead}
      actions={<Freshness polled={polled} />}
      help="guests"
    >
      <PollProblem polled={polled} />
      {(data || !polled.problem) && (
        <Card>
          {data && guests.length > 0 && <SampleNote age={data} />}
          {!data && <Loading lines={10} />}
          {data && guests.length === 0 && (
            <EmptyList unread={data.reason} icon={serverIcon} title={texts.none}>
              {texts.noneText}
            </EmptyList>
          )}
          {guests.length > 0 && (
            <>
              <Field
                label={texts.search}
                type="search"
                placeholder={texts.searchHint}
                value={search}
                onChange={(event) => setSearch(event.target.value)}
                className="max-w-sm"
              />
              {shown.length > 0 ? (
                <Table caption={texts.caption} columns={columns} rows={shown} keyOf={({ vmid }) => vmid} />
              ) : (
                <EmptyState icon={searchIcon} title={texts.noMatch}>
                  {texts.noMatchText(guests.length)}
                </EmptyState>
              )}
            </>
          )}
        </Card>
      )}
    </Page>
  )
}
