import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { formatBytes, formatDate } from '../../data/format.ts'
import { useAction } from '../../data/use-action.ts'
import { usePoll } from '../../data/use-poll.ts'
import { hrefOf } from '../../router.ts'
import { useMay } from '../../session/use-session.ts'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, buttonClass, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { describeSeconds } from '../../ui/durations.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { PollProblem } from '../../ui/freshness.tsx'
import { Icon } from '../../ui/icon.tsx'
import { historyIcon, playIcon, squareTerminalIcon, trash2Icon } from '../../ui/icon-shapes.ts'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { toast } from '../../ui/toast.tsx'
import { describeTarget } from './tab-bar.tsx'

type Recorded = Reply<'/api/terminal/recordings'>['recordings'][number]

const EVERY_MS = 30_000
const load = (signal: AbortSignal) => api.get('/api/terminal/recordings', { signal })
const nameOf = ({ user, target, started_at }: Recorded) =>
  `${t.terminal.recordingOf(user, describeTarget(target))}, ${formatDate(started_at)}`

/** The recordings, newest first. */
export function Recordings() {
  const polled = usePoll(load, EVERY_MS)
  const mayDelete = useMay('security.manage')
  const [deleting, setDeleting] = useState<Recorded | null>(null)
  const remove = useAction(async (id: string) => {
    await api.delete('/api/terminal/recordings/{id}', { path: { id } })
    polled.reload()
  })
  const onDelete = async () => {
    if (!deleting || !(await remove.run(deleting.id))) return
    setDeleting(null)
    toast(t.terminal.deleted)
  }
  const columns: Column<Recorded>[] = [
    {
      key: 'user',
      title: t.terminal.user,
      cell: (recorded) => (
        <>
          <span translate="no" className="wrap-normal">
            {recorded.user}
          </span>
          <span className="block text-xs font-normal text-muted">
            {describeTarget(recorded.target)}
            <span className="block md:hidden">{formatDate(recorded.started_at)}</span>
          </span>
        </>
      )
    },
    { key: 'started', title: t.terminal.started, isSecondary: true, cell: ({ started_at }) => formatDate(started_at) },
    {
      key: 'length',
      title: t.terminal.length,
      isNumeric: true,
      cell: ({ seconds, ended_at }) => (
        <>
          {describeSeconds(Math.round(seconds))} {ended_at === null && <Badge tone="accent">{t.terminal.isOpen}</Badge>}
        </>
      )
    },
    {
      key: 'size',
      title: t.terminal.size,
      isNumeric: true,
      isSecondary: true,
      cell: ({ bytes }) => formatBytes(bytes)
    },
    {
      key: 'address',
      title: t.terminal.address,
      isSecondary: true,
      cell: ({ address }) => <span translate="no">{address}</span>
    },
    {
      key: 'actions',
      title: t.terminal.actions,
      isNumeric: true,
      cell: (recorded) => (
        <span className="flex items-center justify-end gap-1">
          <a
            href={hrefOf('terminal', 'recordings', recorded.id)}
            aria-label={t.terminal.playOf(nameOf(recorded))}
            className={buttonClass('secondary', 'small')}
          >
            <Icon shape={playIcon} />
            <span className="max-sm:sr-only">{t.terminal.play}</span>
          </a>
          {mayDelete && recorded.ended_at !== null && (
            <IconButton
              icon={trash2Icon}
              label={t.terminal.deleteOf(nameOf(recorded))}
              onClick={() => setDeleting(recorded)}
            />
          )}
        </span>
      )
    }
  ]
  const recordings = polled.data?.recordings
  return (
    <Page
      title={t.terminal.recordings}
      lead={t.terminal.recordingsLead}
      actions={
        <a href={hrefOf('terminal')} className={buttonClass()}>
          <Icon shape={squareTerminalIcon} />
          {t.terminal.toTerminals}
        </a>
      }
    >
      <PollProblem polled={polled} />
      <Card>
        {!recordings && !polled.problem && <Loading />}
        {recordings?.length === 0 && (
          <EmptyState icon={historyIcon} title={t.terminal.noRecordings}>
            {t.terminal.noRecordingsText}
          </EmptyState>
        )}
        {recordings && recordings.length > 0 && (
          <Table caption={t.terminal.recordings} columns={columns} rows={recordings} keyOf={({ id }) => id} />
        )}
      </Card>
      <Dialog
        isOpen={deleting !== null}
        onClose={() => setDeleting(null)}
        title={t.terminal.deleteSure}
        lead={t.terminal.deleteText}
      >
        <p className="text-sm">{deleting && nameOf(deleting)}</p>
        <FormProblem showsWait problem={remove.problem} />
        <DialogActions>
          <Button onClick={() => setDeleting(null)}>{t.ui.cancel}</Button>
          <Button look="danger" isBusy={remove.isBusy} onClick={() => void onDelete()}>
            {t.terminal.delete}
          </Button>
        </DialogActions>
      </Dialog>
    </Page>
  )
}
