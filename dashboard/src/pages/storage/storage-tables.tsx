import type { ReactNode } from 'react'
import type { Reply } from '../../api/paths.ts'
import { formatBytes, formatPercent } from '../../data/format.ts'
import { toneOf, Value } from '../../parts/sample.tsx'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Meter } from '../../ui/meter.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import type { Storage } from './disk.ts'
import { reservedOf } from './space.ts'

type Filesystem = Storage['filesystems'][number]
type Pool = Storage['zfs_pools'][number]
type ProxmoxStorage = Reply<'/api/proxmox-storage'>['storage'][number]
const { storage: s } = t

function Usage({
  name,
  percent,
  reason
}: {
  name: string
  percent: number | null
  reason?: string | null | undefined
}) {
  return (
    <Value value={percent} reason={reason}>
      {(value) => (
        <span className="flex min-w-20 flex-col gap-1">
          <span className="whitespace-nowrap tabular-nums">{formatPercent(value)}</span>
          <Meter label={name} percent={value} tone={toneOf(value)} />
        </span>
      )}
    </Value>
  )
}

const bytes = (value: number | null | undefined, reason?: string | null): ReactNode => (
  <Value value={value} reason={reason}>
    {(size) => <span className="whitespace-nowrap">{formatBytes(size)}</span>}
  </Value>
)

/** The free space, and below it what only root may use. */
function Free({ of }: { of: Filesystem }) {
  const reserved = reservedOf(of)
  return (
    <span className="flex flex-col">
      {bytes(of.available_bytes, of.reason)}
      {reserved > 0 && (
        <span className="text-xs whitespace-nowrap text-muted">{s.reserved(formatBytes(reserved))}</span>
      )}
    </span>
  )
}

const filesystemColumns: Column<Filesystem>[] = [
  {
    key: 'mountpoint',
    title: s.mountpoint,
    cell: (row) => (
      <span className="flex flex-col">
        <span className="flex flex-wrap items-center gap-2">
          <span translate="no">{row.mountpoint}</span>
          {row.read_only && <Badge>{s.readOnly}</Badge>}
          {row.remote && <Badge>{s.remote}</Badge>}
          {row.stale && (
            <Badge tone="warn" hasMark>
              {row.reason ?? t.ui.notAvailable}
            </Badge>
          )}
        </span>
        <span translate="no" className="text-xs font-normal text-muted">
          {row.device}
        </span>
      </span>
    )
  },
  { key: 'fstype', title: s.kind, isSecondary: true, cell: ({ fstype }) => <span translate="no">{fstype}</span> },
  {
    key: 'usage',
    title: s.usage,
    cell: (row) => <Usage name={s.usage} percent={row.usage_percent} reason={row.reason} />
  },
  { key: 'used', title: s.used, isNumeric: true, isSecondary: true, cell: (row) => bytes(row.used_bytes, row.reason) },
  { key: 'free', title: s.free, isNumeric: true, cell: (row) => <Free of={row} /> },
  { key: 'size', title: s.size, isNumeric: true, isSecondary: true, cell: (row) => bytes(row.total_bytes, row.reason) }
]

export function FilesystemTable({ filesystems }: { filesystems: Filesystem[] }) {
  return (
    <Table
      caption={s.filesystems}
      columns={filesystemColumns}
      rows={filesystems}
      keyOf={({ mountpoint }) => mountpoint}
    />
  )
}

const poolColumns: Column<Pool>[] = [
  { key: 'name', title: s.storage, cell: ({ name }) => <span translate="no">{name}</span> },
  {
    key: 'health',
    title: s.state,
    cell: ({ health }) => (
      <Badge tone={health === 'ONLINE' ? 'good' : 'bad'} hasMark>
        <span translate="no">{health}</span>
      </Badge>
    )
  },
  {
    key: 'usage',
    title: s.usage,
    cell: (row) => <Usage name={s.usage} percent={row.usage_percent} reason={row.reasons.usage_percent} />
  },
  { key: 'free', title: s.free, isNumeric: true, cell: (row) => bytes(row.free_bytes, row.reasons.free_bytes) },
  {
    key: 'size',
    title: s.size,
    isNumeric: true,
    isSecondary: true,
    cell: (row) => bytes(row.size_bytes, row.reasons.size_bytes)
  },
  {
    key: 'fragmentation',
    title: s.fragmentation,
    isNumeric: true,
    isSecondary: true,
    cell: (row) => (
      <Value value={row.fragmentation_percent} reason={row.reasons.fragmentation_percent}>
        {formatPercent}
      </Value>
    )
  },
  {
    key: 'errors',
    title: s.errors,
    isNumeric: true,
    cell: ({ read_errors: read, write_errors: write, checksum_errors: checksum, reasons }) => (
      <Value value={read} reason={reasons.read_errors}>
        {() => [read, write, checksum].join(' · ')}
      </Value>
    )
  },
  { key: 'lost', title: s.lost, isSecondary: true, cell: ({ errors }) => <span translate="no">{errors}</span> }
]

export function PoolTable({ pools }: { pools: Pool[] }) {
  return <Table caption={s.pools} columns={poolColumns} rows={pools} keyOf={({ name }) => name} />
}

// Proxmox reports GiB.
const gibibytes = (value: number | null, why: string) => bytes(value === null ? null : value * 2 ** 30, why)

const proxmoxColumns: Column<ProxmoxStorage>[] = [
  { key: 'name', title: s.storage, cell: ({ name }) => <span translate="no">{name}</span> },
  { key: 'type', title: s.kind, isSecondary: true, cell: ({ type }) => <span translate="no">{type}</span> },
  {
    key: 'status',
    title: s.state,
    cell: ({ status, status_detail: detail }) => (
      <Badge tone={status === 'active' ? 'good' : 'bad'} hasMark>
        {status === 'active' ? s.active : `${s.inactive}: ${detail}`}
      </Badge>
    )
  },
  {
    key: 'usage',
    title: s.usage,
    cell: (row) => <Usage name={s.usage} percent={row.percent} reason={row.status_detail} />
  },
  { key: 'free', title: s.free, isNumeric: true, cell: (row) => gibibytes(row.available, row.status_detail) },
  {
    key: 'size',
    title: s.size,
    isNumeric: true,
    isSecondary: true,
    cell: (row) => gibibytes(row.total, row.status_detail)
  },
  {
    key: 'content',
    title: s.content,
    isSecondary: true,
    cell: ({ content }) => <span translate="no">{content.split(',').join(', ')}</span>
  }
]

export function ProxmoxTable({ storages }: { storages: ProxmoxStorage[] }) {
  return <Table caption={s.proxmox} columns={proxmoxColumns} rows={storages} keyOf={({ name }) => name} />
}
