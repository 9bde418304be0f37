import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { formatDate } from '../../data/format.ts'
import { useAction } from '../../data/use-action.ts'
import { usePoll } from '../../data/use-poll.ts'
import { useMay } from '../../session/use-session.ts'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { PollProblem } from '../../ui/freshness.tsx'
import { monitorIcon } from '../../ui/icon-shapes.ts'
import { Loading } from '../../ui/skeleton.tsx'
import { loadTerminals } from './door.ts'
import { describeTarget } from './tab-bar.tsx'
import { focusActive, hasRoom, heldHere, takeOver, useWorkspace, watch } from './workspace.ts'

type Session = Reply<'/api/terminal/sessions'>['sessions'][number]

const EVERY_MS = 5000

function Actions({ session, onShown, onEnd }: { session: Session; onShown(): void; onEnd(): void }) {
  const mayOpen = useMay('terminal.open')
  const mayManage = useMay('users.manage')
  const { id, target, user, own } = session
  const what = `${describeTarget(target)}, ${formatDate(session.created_at)}`
  const show = (task: () => void) => () => {
    task()
    onShown()
  }
  return (
    <span className="flex flex-wrap justify-end gap-1.5">
      {own && mayOpen && (
        <Button size="small" look="primary" disabled={!hasRoom()} onClick={show(() => takeOver(id, target))}>
          {t.terminal.openHere}
        </Button>
      )}
      {session.attached && (
        <Button size="small" disabled={!hasRoom()} onClick={show(() => watch(id, target, own ? null : user))}>
          {t.terminal.watch}
        </Button>
      )}
      {(own ? mayOpen : mayManage) && (
        <Button size="small" look="danger" aria-label={t.terminal.endOf(what)} onClick={onEnd}>
          {t.terminal.end}
        </Button>
      )}
    </span>
  )
}

function Description({ session: { target, user, own, attached, address, last_input_at } }: { session: Session }) {
  return (
    <div className="flex min-w-0 flex-col gap-1 text-sm">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{describeTarget(target)}</span>
        <span translate="no" className="text-muted">
          {own ? t.terminal.you : (user ?? t.terminal.nobody)}
        </span>
        <Badge tone={attached ? 'good' : 'warn'} hasMark>
          {attached ? t.terminal.attached(address) : t.terminal.waiting}
        </Badge>
      </p>
      <p className="text-xs text-muted">{t.terminal.typed(formatDate(last_input_at))}</p>
    </div>
  )
}

function List({ onShown }: { onShown(): void }) {
  useWorkspace()
  const polled = usePoll(loadTerminals, EVERY_MS)
  const end = useAction(async (id: string) => {
    await api.delete('/api/terminal/sessions/{id}', { path: { id } })
    polled.reload()
  })
  const here = heldHere()
  const sessions = polled.data?.sessions.filter(({ id }) => !here.includes(id))
  return (
    <>
      <PollProblem polled={polled} />
      <FormProblem problem={end.problem} />
      {!sessions && !polled.problem && <Loading />}
      {sessions?.length === 0 && <EmptyState icon={monitorIcon} title={t.terminal.elsewhereNone} />}
      {sessions && sessions.length > 0 && (
        <ul className="divide-y">
          {sessions.map((session) => (
            <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
              <Description session={session} />
              <Actions session={session} onShown={onShown} onEnd={() => void end.run(session.id)} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Terminals of other tabs, devices and users. */
export function ElsewhereDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      onFocusBack={focusActive}
      title={t.terminal.elsewhere}
      lead={t.terminal.elsewhereLead}
      size="large"
    >
      <List onShown={onClose} />
    </Dialog>
  )
}
