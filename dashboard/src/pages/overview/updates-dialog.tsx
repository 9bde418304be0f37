import type { Reply } from '../../api/paths.ts'
import { formatDate } from '../../data/format.ts'
import { SampleNote } from '../../parts/sample.tsx'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { type Column, Table } from '../../ui/table.tsx'

export type Updates = Reply<'/api/updates'>
type Update = Updates['updates'][number]

const columns: Column<Update>[] = [
  {
    key: 'name',
    title: t.updates.package,
    cell: ({ name, security }) => (
      <span className="flex flex-wrap items-center gap-2">
        <span translate="no">{name}</span>
        {security && (
          <Badge tone="warn" hasMark>
            {t.updates.security}
          </Badge>
        )}
      </span>
    )
  },
  {
    key: 'versions',
    title: t.updates.version,
    cell: ({ from, to }) => (
      <span translate="no" className="flex flex-col font-mono text-xs">
        <span className="text-muted">{from ?? t.updates.new}</span>
        <span>{to}</span>
      </span>
    )
  },
  {
    key: 'origin',
    title: t.updates.origin,
    isSecondary: true,
    cell: ({ origin }) => <span translate="no">{origin}</span>
  }
]

/** The changes that `apt-get dist-upgrade` would make. */
export function UpdatesDialog({ updates, isOpen, onClose }: { updates: Updates; isOpen: boolean; onClose(): void }) {
  const { lists_refreshed_at: refreshed, removed } = updates
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="large"
      title={t.updates.title}
      lead={refreshed ? t.updates.refreshed(formatDate(refreshed)) : t.updates.lead}
    >
      <SampleNote age={updates} />
      {removed.length > 0 && (
        <Notice tone={removed.includes('proxmox-ve') ? 'bad' : 'warn'}>
          {t.updates.removes} <span translate="no">{removed.join(', ')}</span>
        </Notice>
      )}
      <div className="max-h-[60dvh] overflow-y-auto">
        <Table caption={t.updates.title} columns={columns} rows={updates.updates} keyOf={({ name }) => name} />
      </div>
    </Dialog>
  )
}
