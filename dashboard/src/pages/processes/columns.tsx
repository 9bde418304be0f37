import type { Reply } from '../../api/paths.ts'
import { formatBytes, formatPercent, formatRate } from '../../data/format.ts'
import { ProcessName } from '../../parts/processes/process-name.tsx'
import { Value } from '../../parts/sample.tsx'
import { t } from '../../texts/index.ts'
import { lookUp } from '../../texts/look-up.ts'
import { cx } from '../../ui/class-names.ts'
import type { Column } from '../../ui/table.tsx'
import { detailOf, type Row } from './rows.ts'
import type { Sort } from './view.ts'

/** Deeper processes are not moved further to the right, so that their names keep their room. */
const DEEPEST = 8
const { processes: p } = t

function Name({ row: { process, depth, isContext }, onOpen }: { row: Row; onOpen(pid: number): void }) {
  const step = Math.min(depth, DEEPEST)
  return (
    <span
      style={step > 0 ? { paddingLeft: `calc(${step} * var(--step))` } : undefined}
      className={cx('flex flex-col [--step:0.625rem] md:[--step:1.25rem]', isContext && 'opacity-75')}
    >
      <span className="flex items-baseline gap-1.5">
        {depth > 0 && (
          <>
            <span aria-hidden="true" className="text-muted">
              └
            </span>
            <span className="sr-only">{p.level(depth + 1)}</span>
          </>
        )}
        <ProcessName process={process} onOpen={onOpen} />
      </span>
      <span
        translate="no"
        title={process.cmdline}
        className="line-clamp-1 max-w-[30rem] text-xs font-normal break-all text-muted max-md:max-w-[8.5rem]"
      >
        {detailOf(process)}
      </span>
    </span>
  )
}

export const columnsOf = (
  reasons: Reply<'/api/processes'>['reasons'],
  onOpen: (pid: number) => void
): (Column<Row> & { key: Sort })[] => [
  { key: 'name', title: p.name, isSortable: true, cell: (row) => <Name row={row} onOpen={onOpen} /> },
  {
    key: 'pid',
    title: p.pid,
    isNumeric: true,
    isSecondary: true,
    isSortable: true,
    cell: ({ process: { pid } }) => pid
  },
  {
    key: 'user',
    title: p.user,
    isSecondary: true,
    isSortable: true,
    cell: ({ process: { user } }) => (
      <Value value={user} reason={reasons.user}>
        {(value) => <span translate="no">{value}</span>}
      </Value>
    )
  },
  {
    key: 'cpu',
    title: p.cpu,
    isNumeric: true,
    isSortable: true,
    cell: ({ process: { cpu } }) => (
      <Value value={cpu} reason={reasons.cpu}>
        {(value) => <span className="whitespace-nowrap">{formatPercent(value)}</span>}
      </Value>
    )
  },
  {
    key: 'memory',
    title: p.memory,
    isNumeric: true,
    isSortable: true,
    cell: ({ process: { rss } }) => (
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
    isSortable: true,
    cell: ({ process: { read_bytes_per_second: read, write_bytes_per_second: written } }) => (
      <Value value={read} reason={reasons.read_bytes_per_second}>
        {(value) => (
          <span className="whitespace-nowrap">
            {formatRate(value)} · {formatRate(written ?? 0)}
          </span>
        )}
      </Value>
    )
  },
  {
    key: 'state',
    title: p.state,
    isSecondary: true,
    isSortable: true,
    cell: ({ process: { state } }) => lookUp(p.states, state) ?? state
  }
]
