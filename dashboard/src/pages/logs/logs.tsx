import { type FormEvent, useState } from 'react'
import { getFile } from '../../api/client.ts'
import { asSentence } from '../../api/explain.ts'
import { hostNow } from '../../data/host-clock.ts'
import { useAction } from '../../data/use-action.ts'
import { goTo } from '../../router.ts'
import type { PageProps } from '../../routes.ts'
import { t } from '../../texts/index.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Field } from '../../ui/field.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { downloadIcon, pauseIcon, playIcon, scrollTextIcon, searchIcon } from '../../ui/icon-shapes.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { EntryList } from './entry-list.tsx'
import { type Filters, filtersOf, levels, noFilters, partsOf, queryOf, times } from './filters.ts'
import { useLogs } from './use-logs.ts'

const { logs: l } = t
const DOWNLOADED = 10_000

function FilterForm({ filters }: { filters: Filters }) {
  const [draft, setDraft] = useState(filters)
  const address = partsOf(filters).join('/')
  const [seen, setSeen] = useState(address)
  // Going back in the history restores the earlier filters.
  if (address !== seen) {
    setSeen(address)
    setDraft(filters)
  }
  const apply = (next: Filters) => {
    setDraft(next)
    goTo('logs', ...partsOf(next))
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    apply(draft)
  }
  return (
    <form
      aria-label={l.fields}
      onSubmit={onSubmit}
      className="grid grid-cols-2 items-end gap-3 lg:grid-cols-[1fr_1fr_1fr_1.5fr_auto]"
    >
      <Select
        label={l.level}
        value={draft.level}
        options={levels.map((value) => ({ value, label: l.levels[value] }))}
        onChange={(level) => apply({ ...draft, level })}
      />
      <Select
        label={l.time}
        value={draft.time}
        options={times.map((value) => ({ value, label: l.times[value] }))}
        onChange={(time) => apply({ ...draft, time })}
      />
      <Field
        label={l.unit}
        placeholder={l.unitHint}
        maxLength={256}
        autoCapitalize="none"
        value={draft.unit}
        onChange={(event) => setDraft({ ...draft, unit: event.target.value })}
      />
      <Field
        label={l.search}
        placeholder={l.searchHint}
        maxLength={256}
        value={draft.search}
        onChange={(event) => setDraft({ ...draft, search: event.target.value })}
      />
      <div className="col-span-2 flex gap-2 lg:col-span-1">
        <Button look="primary" type="submit" icon={searchIcon}>
          {l.apply}
        </Button>
        <Button onClick={() => apply(noFilters)}>{l.reset}</Button>
      </div>
    </form>
  )
}

function save(file: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `logs-${new Date(hostNow()).toISOString().slice(0, 19).replaceAll(':', '')}.txt`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The logs page. The URL holds the filters. */
export default function LogsPage({ rest }: PageProps) {
  const filters = filtersOf(rest)
  const [isFollowing, setFollowing] = useState(false)
  const { newest, older, hasMore, isCut, loadOlder } = useLogs(filters, isFollowing)
  const more = useAction(loadOlder)
  const download = useAction(async () =>
    save(await getFile('/api/logs/download', { ...queryOf(filters), limit: DOWNLOADED }))
  )
  const { data } = newest
  const entries = [...(data?.logs ?? []), ...older]
  const source = data?.source === 'journal' ? l.journal : data?.source
  return (
    <Page
      title={l.title}
      lead={source ? l.lead(source) : null}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Freshness polled={newest} />
          <Button
            size="small"
            icon={isFollowing ? pauseIcon : playIcon}
            aria-pressed={isFollowing}
            disabled={older.length > 0}
            onClick={() => setFollowing(!isFollowing)}
          >
            {l.follow}
          </Button>
          <Button size="small" icon={downloadIcon} isBusy={download.isBusy} onClick={() => void download.run()}>
            {l.download}
          </Button>
        </div>
      }
    >
      <FormProblem showsWait problem={download.problem} />
      <PollProblem polled={newest} />
      <Card>
        <FilterForm filters={filters} />
      </Card>
      {isFollowing && <p className="text-sm text-muted">{l.following}</p>}
      {data?.reason && entries.length > 0 && <Notice tone="warn">{asSentence(data.reason)}</Notice>}
      <Card>
        {!data && !newest.problem && <Loading lines={12} />}
        {data && entries.length === 0 && (
          <EmptyList unread={data.reason} icon={scrollTextIcon} title={l.none}>
            {l.noneText}
          </EmptyList>
        )}
        {entries.length > 0 && <EntryList entries={entries} />}
        <FormProblem showsWait problem={more.problem} />
        {data && hasMore && (
          <Button
            className="self-center"
            isBusy={more.isBusy}
            onClick={() => {
              setFollowing(false)
              void more.run()
            }}
          >
            {isCut ? l.goOn : l.older}
          </Button>
        )}
        {data && !hasMore && entries.length > 0 && <p className="text-center text-sm text-muted">{l.end}</p>}
      </Card>
    </Page>
  )
}
