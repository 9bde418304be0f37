import { useState } from 'react'
import { api } from '../../api/client.ts'
import { formatBytes, formatPercent } from '../../data/format.ts'
import { usePoll } from '../../data/use-poll.ts'
import type { Process } from '../../parts/processes/process.ts'
import { ProcessDialog } from '../../parts/processes/process-dialog.tsx'
import { ProcessName } from '../../parts/processes/process-name.tsx'
import { Value } from '../../parts/sample.tsx'
import { hrefOf } from '../../router.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { listTreeIcon } from '../../ui/icon-shapes.ts'
import { Loading } from '../../ui/skeleton.tsx'
import { type Column, Table } from '../../ui/table.tsx'

const EVERY_MS = 15_000
const load = (signal: AbortSignal) => api.get('/api/processes', { query: { sort: 'cpu', limit: 6 }, signal })

/** The processes with the highest load. */
export function TopProcesses() {
  const polled = usePoll(load, EVERY_MS)
  const [pid, setPid] = useState<number | null>(null)
  const reasons = polled.data?.reasons ?? {}
  const columns: Column<Process>[] = [
    { key: 'command', title: t.processes.name, cell: (row) => <ProcessName process={row} onOpen={setPid} /> },
    {
      key: 'user',
      title: t.processes.user,
      isSecondary: true,
      cell: ({ user }) => (
        <Value value={user} reason={reasons.user}>
          {(value) => <span translate="no">{value}</span>}
        </Value>
      )
    },
    {
      key: 'cpu',
      title: t.processes.cpu,
      isNumeric: true,
      cell: ({ cpu }) => (
        <Value value={cpu} reason={reasons.cpu}>
          {formatPercent}
        </Value>
      )
    },
    {
      key: 'rss',
      title: t.processes.memory,
      isNumeric: true,
      cell: ({ rss }) => (
        <Value value={rss} reason={reasons.rss}>
          {formatBytes}
        </Value>
      )
    }
  ]
  return (
    <Card
      title={t.overview.topProcesses}
      icon={listTreeIcon}
      aside={
        <span className="flex items-center gap-3">
          <Freshness polled={polled} />
          <a href={hrefOf('processes')} className="text-xs">
            {t.overview.allProcesses}
          </a>
        </span>
      }
    >
      <PollProblem polled={polled} />
      {!polled.data && !polled.problem && <Loading lines={6} />}
      {polled.data && (
        <Table
          caption={t.overview.topProcesses}
          columns={columns}
          rows={polled.data.processes}
          keyOf={(row) => row.pid}
        />
      )}
      {pid !== null && <ProcessDialog pid={pid} onOpen={setPid} onClose={() => setPid(null)} />}
    </Card>
  )
}
