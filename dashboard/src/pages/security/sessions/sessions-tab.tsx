import { useState } from 'react'
import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { t } from '../../../texts/index.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { monitorIcon } from '../../../ui/icon-shapes.ts'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { SureDialog } from '../../../ui/sure-dialog.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { toast } from '../../../ui/toast.tsx'
import { LogOutButton } from '../log-out-button.tsx'
import { describeUserAgent } from './user-agent.ts'

type Session = Reply<'/api/auth/sessions'>['sessions'][number]

const EVERY_MS = 20_000
const load = (signal: AbortSignal) => api.get('/api/auth/sessions', { signal })

function Browser({ session }: { session: Session }) {
  const texts = t.security.sessions
  return (
    <span className="flex flex-col items-start gap-1">
      <span translate="no" title={session.user_agent}>
        {describeUserAgent(session.user_agent)}
      </span>
      <span className="flex flex-wrap gap-1.5 font-normal">
        {session.current && (
          <Badge tone="accent" hasMark>
            {texts.current}
          </Badge>
        )}
        {session.second_factor && <Badge tone="good">{texts.withCode}</Badge>}
        {session.unusual && (
          <span title={texts.unusualHint}>
            <Badge tone="warn" hasMark>
              {texts.unusual}
            </Badge>
          </span>
        )}
      </span>
      <span className="text-xs font-normal text-muted md:hidden">
        <span translate="no">{session.address}</span>, <Ago time={session.last_used_at} />
      </span>
    </span>
  )
}

export function SessionsTab() {
  const texts = t.security.sessions
  const polled = usePoll(load, EVERY_MS)
  const [ending, setEnding] = useState<Session | 'others' | null>(null)
  const one = ending !== 'others' ? ending : null
  const hasOthers = (polled.data?.sessions.length ?? 0) > 1

  const close = () => {
    setEnding(null)
    polled.reload()
  }
  const endOne = async () => {
    if (one) await api.delete('/api/auth/sessions/{id}', { path: { id: one.id } })
    toast(texts.ended)
  }
  const endOthers = async () => {
    const { ended } = await api.delete('/api/auth/sessions')
    toast(texts.othersEnded(ended))
  }
  const columns: Column<Session>[] = [
    { key: 'browser', title: texts.browser, cell: (session) => <Browser session={session} /> },
    {
      key: 'address',
      title: texts.address,
      isSecondary: true,
      cell: ({ address }) => <span translate="no">{address}</span>
    },
    { key: 'used', title: texts.lastUsed, isSecondary: true, cell: ({ last_used_at: at }) => <Ago time={at} /> },
    { key: 'opened', title: texts.opened, isSecondary: true, cell: ({ created_at: at }) => <Ago time={at} /> },
    { key: 'ends', title: texts.expires, isSecondary: true, cell: ({ expires_at: at }) => <Ago time={at} /> },
    {
      key: 'actions',
      title: t.security.actions,
      isNumeric: true,
      cell: (session) =>
        session.current ? (
          <LogOutButton />
        ) : (
          <Button
            size="small"
            look="danger"
            aria-label={texts.endOf(describeUserAgent(session.user_agent))}
            onClick={() => setEnding(session)}
          >
            {texts.end}
          </Button>
        )
    }
  ]
  const endAll = hasOthers && (
    <Button size="small" look="danger" onClick={() => setEnding('others')}>
      {texts.endOthers}
    </Button>
  )
  return (
    <PolledCard polled={polled} title={texts.title} icon={monitorIcon} aside={endAll}>
      {({ sessions }) => (
        <>
          <p className="text-sm text-muted">{hasOthers ? texts.lead : texts.alone}</p>
          <Table caption={texts.title} columns={columns} rows={sessions} keyOf={({ id }) => id} />
          <SureDialog
            isOpen={one !== null}
            onClose={close}
            title={texts.endTitle}
            lead={one && texts.endLead(describeUserAgent(one.user_agent), one.address)}
            verb={texts.endSubmit}
            act={endOne}
          />
          <SureDialog
            isOpen={ending === 'others'}
            onClose={close}
            title={texts.endOthersTitle}
            lead={texts.endOthersLead}
            verb={texts.endOthers}
            act={endOthers}
          />
        </>
      )}
    </PolledCard>
  )
}
