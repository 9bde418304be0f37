import { type ReactNode, useCallback } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { formatBytes, formatCount, formatDate, formatDecimal, formatPercent, formatRate } from '../../data/format.ts'
import { usePoll } from '../../data/use-poll.ts'
import { t } from '../../texts/index.ts'
import { lookUp } from '../../texts/look-up.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Value, ValueOrReason } from '../sample.tsx'

type Detail = Reply<'/api/processes/{pid}'>
type Limit = Detail['limits'][number]

const EVERY_MS = 10_000

const limitOf = ({ units }: Limit, value: number | null) => {
  if (value === null) return t.processes.unlimited
  return units === 'bytes' ? formatBytes(value) : `${formatCount(value)} ${units ?? ''}`
}
const limitColumns: Column<Limit>[] = [
  { key: 'name', title: t.processes.limit, cell: ({ name }) => <span translate="no">{name}</span> },
  { key: 'soft', title: t.processes.soft, isNumeric: true, cell: (limit) => limitOf(limit, limit.soft) },
  { key: 'hard', title: t.processes.hard, isNumeric: true, cell: (limit) => limitOf(limit, limit.hard) }
]

/** Machine text in a scrollable block. */
const Code = ({ children }: { children: ReactNode }) => (
  <pre
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller that a keyboard cannot reach cannot be scrolled by it
    tabIndex={0}
    translate="no"
    className="max-h-40 overflow-auto rounded-lg bg-raised p-3 text-xs whitespace-pre-wrap"
  >
    {children}
  </pre>
)

function Numbers({ process }: { process: Detail }) {
  const { reasons } = process
  const fact = <K extends keyof Detail>(name: string, key: K, show: (value: NonNullable<Detail[K]>) => ReactNode) => (
    <Fact name={name}>
      <Value value={process[key]} reason={reasons[key]}>
        {(value) => <span translate="no">{show(value as NonNullable<Detail[K]>)}</span>}
      </Value>
    </Fact>
  )
  const p = t.processes
  return (
    <Facts>
      {fact(p.cpu, 'cpu', (value) => p.ofOneThread(formatDecimal(value)))}
      {fact(p.memory, 'rss', formatBytes)}
      {fact(p.memoryShare, 'mem', formatPercent)}
      {fact(p.pss, 'pss', formatBytes)}
      {fact(p.swapped, 'vm_swap_kb', (value) => formatBytes(value * 1024))}
      {fact(p.addressSpace, 'vm_size_kb', (value) => formatBytes(value * 1024))}
      {fact(p.user, 'user', String)}
      {fact(p.group, 'group', String)}
      {fact(p.state, 'state', (value) => lookUp(p.states, value) ?? value)}
      {fact(p.threads, 'threads', formatCount)}
      {fact(p.started, 'start_time', formatDate)}
      {fact(p.elapsed, 'elapsed', String)}
      {fact(p.nice, 'nice', String)}
      {fact(p.files, 'fd_count', formatCount)}
      {fact(p.reading, 'read_bytes_per_second', formatRate)}
      {fact(p.writing, 'write_bytes_per_second', formatRate)}
      {fact(p.readTotal, 'io_read_bytes', formatBytes)}
      {fact(p.writtenTotal, 'io_write_bytes', formatBytes)}
      {fact(p.oom, 'oom_score', formatCount)}
      {fact(p.switches, 'voluntary_switches', formatCount)}
      {fact(p.forcedSwitches, 'involuntary_switches', formatCount)}
      {fact(p.folder, 'cwd', String)}
      {fact(p.program, 'exe', String)}
      {process.script !== null && fact(p.script, 'script', String)}
      {process.comm !== process.name && fact(p.kernelName, 'comm', String)}
      {fact(p.cgroup, 'cgroup', String)}
    </Facts>
  )
}

const link = 'rounded text-accent underline underline-offset-4'

/** The details of a process, with links to its parent and children. */
export function ProcessDialog({ pid, onOpen, onClose }: { pid: number; onOpen(pid: number): void; onClose(): void }) {
  const load = useCallback((signal: AbortSignal) => api.get('/api/processes/{pid}', { path: { pid }, signal }), [pid])
  const polled = usePoll(load, EVERY_MS)
  const process = polled.data?.pid === pid ? polled.data : null
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title={process ? t.processes.titleOf(process.name, pid) : t.processes.titleOf('…', pid)}
    >
      <Freshness polled={polled} />
      <PollProblem polled={polled} />
      {!process && !polled.problem && <Loading lines={8} />}
      {process && (
        <>
          <Code>{process.cmdline}</Code>
          <Numbers process={process} />
          <p className="text-sm">
            <span className="text-muted">{t.processes.parent}</span>{' '}
            {process.ppid === 0 ? (
              t.processes.kernel
            ) : process.ppid === null ? (
              t.ui.notAvailable
            ) : (
              <button type="button" translate="no" className={link} onClick={() => onOpen(process.ppid ?? 0)}>
                {process.parent_name ?? ''} {process.ppid}
              </button>
            )}
          </p>
          {process.children.length > 0 && (
            <p className="flex flex-wrap gap-x-3 gap-y-1 text-sm">
              <span className="text-muted">{t.processes.children}</span>
              {process.children.map((child) => (
                <button key={child.pid} type="button" translate="no" className={link} onClick={() => onOpen(child.pid)}>
                  {child.name} {child.pid}
                </button>
              ))}
            </p>
          )}
          <details>
            <summary className="text-sm font-medium">{t.processes.limits}</summary>
            {process.limits.length > 0 ? (
              <Table
                caption={t.processes.limits}
                columns={limitColumns}
                rows={process.limits}
                keyOf={({ name }) => name}
              />
            ) : (
              <p className="pt-2 text-sm text-muted">
                <ValueOrReason value={null} reason={process.reasons.limits}>
                  {() => null}
                </ValueOrReason>
              </p>
            )}
          </details>
        </>
      )}
    </Dialog>
  )
}
