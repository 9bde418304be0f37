import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { formatDate, formatMoment } from '../../data/format.ts'
import { usePoll } from '../../data/use-poll.ts'
import { useMay } from '../../session/use-session.ts'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PollProblem } from '../../ui/freshness.tsx'
import { monitorIcon } from '../../ui/icon-shapes.ts'
import { Loading } from '../../ui/skeleton.tsx'
import { SureDialog } from '../../ui/sure-dialog.tsx'
import { describeTarget } from './tab-bar.tsx'
import { loadTerminals } from './terminal-transport.ts'
import { canAddTab, focusActive, openTerminalIds, takeOver, useWorkspace, watch } from './workspace.ts'

type Session = Reply<'/api/terminal/sessions'>['sessions'][number]

const EVERY_MS = 5000

/** A description that distinguishes a terminal from others with the same target. */
const describe = ({ target, created_at }: Session): string => `${describeTarget(target)}, ${formatMoment(created_at)}`
const ownerOf = ({ own, user }: Session): string => (own ? t.terminal.you : (user ?? t.terminal.nobody))

function Actions({ session, onShown, onEnd }: { session: Session; onShown(): void; onEnd(): void }) {
  const mayOpen = useMay('terminal.open')
  const mayManage = useMay('users.manage')
  const { id, target, user, own } = session
  const what = describe(session)
  const show = (task: () => void) => () => {
    task()
    onShown()
  }
  return (
    <span className="flex flex-wrap justify-end gap-1.5">
      {own && mayOpen && (
        <Button
          size="small"
          look="primary"
          aria-label={t.terminal.openHereOf(what)}
          disabled={!canAddTab()}
          onClick={show(() => takeOver(id, target))}
        >
          {t.terminal.openHere}
        </Button>
      )}
      {session.attached && (
        <Button
          size="small"
          aria-label={t.terminal.watchOf(what)}
          disabled={!canAddTab()}
          onClick={show(() => watch(id, target, own ? null : user))}
        >
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

function Description({ session }: { session: Session }) {
  const { target, attached, address, created_at, last_input_at } = session
  return (
    <div className="flex min-w-0 flex-col gap-1 text-sm">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{describeTarget(target)}</span>
        <span translate="no" className="text-muted">
          {ownerOf(session)}
        </span>
        <Badge tone={attached ? 'good' : 'warn'} hasMark>
          {attached ? t.terminal.attached : t.terminal.waiting}
        </Badge>
      </p>
      <p className="text-xs text-muted">
        {t.terminal.openedFrom(formatMoment(created_at), address)} {t.terminal.typed(formatDate(last_input_at))}
      </p>
    </div>
  )
}

function List({ onShown }: { onShown(): void }) {
  useWorkspace()
  const polled = usePoll(loadTerminals, EVERY_MS)
  const [ending, setEnding] = useState<Session | null>(null)
  const here = openTerminalIds()
  const sessions = polled.data?.sessions.filter(({ id }) => !here.includes(id))
  return (
    <>
      <PollProblem polled={polled} />
      {!sessions && !polled.problem && <Loading />}
      {sessions?.length === 0 && <EmptyState icon={monitorIcon} title={t.terminal.othersNone} />}
      {sessions && sessions.length > 0 && (
        <ul className="divide-y">
          {sessions.map((session) => (
            <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
              <Description session={session} />
              <Actions session={session} onShown={onShown} onEnd={() => setEnding(session)} />
            </li>
          ))}
        </ul>
      )}
      <SureDialog
        isOpen={ending !== null}
        onClose={() => {
          setEnding(null)
          polled.reload()
        }}
        title={t.terminal.sure}
        lead={ending && t.terminal.sureLead(describe(ending), ownerOf(ending))}
        verb={t.terminal.sureYes}
        act={async () => {
          if (ending) await api.delete('/api/terminal/sessions/{id}', { path: { id: ending.id } })
        }}
      />
    </>
  )
}

/** Terminals of other tabs, devices and users. */
export function OtherTerminalsDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      onFocusBack={focusActive}
      title={t.terminal.others}
      lead={t.terminal.othersLead}
      size="large"
    >
      <List onShown={onClose} />
    </Dialog>
  )
}
