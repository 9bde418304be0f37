import { type FormEvent, useState } from 'react'
import { goTo } from '../../../router.ts'
import { t } from '../../../texts/index.ts'
import { locale } from '../../../texts/language.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Field } from '../../../ui/field.tsx'
import { filterIcon } from '../../../ui/icon-shapes.ts'
import { Select } from '../../../ui/select.tsx'
import { EventList } from './event-list.tsx'
import { type Filter, partsOf, readFilter } from './filter.ts'

const { events } = t.security.audit
const choices = Object.entries(events)
  .map(([value, label]) => ({ value, label }))
  .sort((a, b) => a.label.localeCompare(b.label, locale))

const show = (filter: Filter) => goTo('security', 'audit', ...partsOf(filter))

function FilterForm({ filter }: { filter: Filter }) {
  const texts = t.security.audit
  const [user, setUser] = useState(filter.user ?? '')
  const [ip, setIp] = useState(filter.ip ?? '')
  const [event, setEvent] = useState(filter.event ?? '')
  const onSubmit = (submitted: FormEvent) => {
    submitted.preventDefault()
    show({ event, user: user.trim(), ip: ip.trim() })
  }
  const text = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false, translate: 'no' } as const
  return (
    <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-3">
      <Select
        label={texts.event}
        value={event}
        onChange={setEvent}
        options={[{ value: '', label: texts.everyEvent }, ...choices]}
        className="flex-1 basis-48"
      />
      <Field
        label={texts.user}
        value={user}
        onChange={({ target }) => setUser(target.value)}
        {...text}
        className="flex-1 basis-36"
      />
      <Field
        label={texts.address}
        value={ip}
        onChange={({ target }) => setIp(target.value)}
        {...text}
        className="flex-1 basis-36"
      />
      <div className="flex gap-2">
        <Button type="submit" icon={filterIcon}>
          {texts.apply}
        </Button>
        {partsOf(filter).length > 0 && (
          <Button look="quiet" onClick={() => show({})}>
            {texts.clear}
          </Button>
        )}
      </div>
    </form>
  )
}

export function AuditTab({ filters }: { filters: string[] }) {
  const texts = t.security.audit
  const key = filters.join('/')
  const filter = readFilter(filters)
  return (
    <>
      <Card>
        <FilterForm key={`form ${key}`} filter={filter} />
      </Card>
      <EventList key={`list ${key}`} title={texts.title} filter={filter} />
    </>
  )
}
