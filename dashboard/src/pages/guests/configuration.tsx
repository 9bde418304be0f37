import { ValueOrReason } from '../../parts/sample.tsx'
import { texts } from '../../texts/guests.ts'
import { Card } from '../../ui/card.tsx'
import { settingsIcon } from '../../ui/icon-shapes.ts'
import { type Column, Table } from '../../ui/table.tsx'
import type { GuestDetail } from './guest.ts'

type Option = [name: string, value: string]

const columns: Column<Option>[] = [
  { key: 'name', title: texts.option, cell: ([name]) => <span translate="no">{name}</span> },
  {
    key: 'value',
    title: texts.value,
    cell: ([, value]) => (
      <span translate="no" className="wrap-anywhere whitespace-pre-wrap">
        {value}
      </span>
    )
  }
]

const sorted = (config: Record<string, string>): Option[] =>
  Object.entries(config)
    .filter(([name]) => name !== 'description')
    .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))

export function Configuration({ detail: { config, reasons } }: { detail: GuestDetail }) {
  return (
    <Card title={texts.configuration} icon={settingsIcon}>
      <div className="flex flex-col gap-3 text-sm">
        <ValueOrReason value={config} reason={reasons.config}>
          {(options) => (
            <>
              {options.description && (
                <div className="flex flex-col gap-1 text-sm">
                  <h3 className="text-xs text-muted">{texts.notes}</h3>
                  <p translate="no" className="wrap-anywhere whitespace-pre-wrap">
                    {options.description.trim()}
                  </p>
                </div>
              )}
              <Table caption={texts.configuration} columns={columns} rows={sorted(options)} keyOf={([name]) => name} />
              <p className="text-xs text-muted">{texts.noSecrets}</p>
            </>
          )}
        </ValueOrReason>
      </div>
    </Card>
  )
}
