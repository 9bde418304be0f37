import { Value, ValueOrReason } from '../../parts/sample.tsx'
import { texts } from '../../texts/guests.ts'
import { Card } from '../../ui/card.tsx'
import { networkIcon } from '../../ui/icon-shapes.ts'
import { type Column, Table } from '../../ui/table.tsx'
import type { GuestDetail } from './guest.ts'

type Interface = NonNullable<GuestDetail['interfaces']>[number]

const columns: Column<Interface>[] = [
  { key: 'name', title: texts.interface, cell: ({ name }) => <span translate="no">{name}</span> },
  {
    key: 'addresses',
    title: texts.address,
    cell: ({ addresses }) =>
      addresses.length === 0 ? (
        <span className="text-muted">{texts.noAddress}</span>
      ) : (
        <span translate="no" className="flex flex-col wrap-anywhere">
          {addresses.map((address) => (
            <span key={address}>{address}</span>
          ))}
        </span>
      )
  },
  {
    key: 'mac',
    title: texts.mac,
    isSecondary: true,
    cell: ({ mac }) => <Value value={mac}>{(value) => <span translate="no">{value}</span>}</Value>
  }
]

export function Addresses({ detail: { interfaces, reasons } }: { detail: GuestDetail }) {
  return (
    <Card title={texts.addresses} icon={networkIcon}>
      <div className="text-sm">
        <ValueOrReason value={interfaces} reason={reasons.interfaces}>
          {(rows) => <Table caption={texts.addresses} columns={columns} rows={rows} keyOf={({ name }) => name} />}
        </ValueOrReason>
      </div>
    </Card>
  )
}
