import { useState } from 'react'
import { texts } from '../../texts/settings.ts'
import { Field } from '../../ui/field.tsx'
import { listTreeIcon } from '../../ui/icon-shapes.ts'
import { PolledCard } from '../../ui/polled-card.tsx'
import { HowToChange, useConfiguration, type Variable, VariableList } from './variables.tsx'

const { variables: v } = texts

const matches = (search: string) => {
  const words = search.trim().toLowerCase().split(/\s+/)
  return ({ name, description, value }: Variable) => {
    const text = `${name} ${description} ${value}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
}

/** Every variable of the daemon, read-only. */
export function EnvironmentTab() {
  const [search, setSearch] = useState('')
  return (
    <PolledCard polled={useConfiguration()} title={v.all} icon={listTreeIcon}>
      {({ variables }) => {
        const found = variables.filter(matches(search))
        return (
          <>
            <p className="text-sm text-muted">{v.allLead}</p>
            <HowToChange />
            <Field
              label={v.search}
              type="search"
              placeholder={v.searchHint}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              className="max-w-sm"
            />
            {found.length > 0 ? <VariableList variables={found} /> : <p className="text-sm text-muted">{v.noMatch}</p>}
          </>
        )
      }}
    </PolledCard>
  )
}
