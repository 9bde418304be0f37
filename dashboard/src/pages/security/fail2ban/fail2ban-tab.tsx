import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { asSentence } from '../../../api/explain.ts'
import type { Reply } from '../../../api/paths.ts'
import { formatClock } from '../../../data/format.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { useMay, useUser } from '../../../session/use-session.ts'
import { t } from '../../../texts/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { describeSeconds } from '../../../ui/durations.ts'
import { EmptyList } from '../../../ui/empty-list.tsx'
import { Fact, Facts } from '../../../ui/facts.tsx'
import { banIcon, shieldCheckIcon } from '../../../ui/icon-shapes.ts'
import { Notice } from '../../../ui/notice.tsx'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { SureDialog } from '../../../ui/sure-dialog.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { toast } from '../../../ui/toast.tsx'

type Details = Reply<'/api/security/fail2ban/details'>
type Banned = Details['banned'][number]

const EVERY_MS = 20_000
const load = (signal: AbortSignal) => api.get('/api/security/fail2ban/details', { signal })
const tones = { ok: 'good', absent: 'neutral', no_jail: 'warn', unreachable: 'bad' } as const

function Numbers({ details }: { details: Details }) {
  const texts = t.security.fail2ban
  const { settings, checked_at: at } = details
  const shown = (count: number | null) => count ?? t.ui.notAvailable
  const banLength = (seconds: number) => (seconds < 0 ? texts.permanently : texts.banFor(describeSeconds(seconds)))
  return (
    <>
      <Facts isWide>
        <Fact name={texts.bannedNow}>{shown(details.currently_banned)}</Fact>
        <Fact name={texts.bannedTotal}>{shown(details.total_banned)}</Fact>
        <Fact name={texts.failedNow}>{shown(details.currently_failed)}</Fact>
        <Fact name={texts.failedTotal}>{shown(details.total_failed)}</Fact>
        <Fact name={texts.jail}>
          <span translate="no">{details.jail}</span>
        </Fact>
        <Fact name={texts.rule}>
          {settings?.maxretry != null && settings.findtime !== null && settings.bantime !== null
            ? texts.ruleText(settings.maxretry, describeSeconds(settings.findtime), banLength(settings.bantime))
            : t.ui.notAvailable}
        </Fact>
      </Facts>
      {at && <p className="text-xs text-muted">{texts.checked(formatClock(at))}</p>}
    </>
  )
}

export function Fail2banTab() {
  const texts = t.security.fail2ban
  const polled = usePoll(load, EVERY_MS)
  const { data, reload } = polled
  const user = useUser()
  const may = useMay('security.manage') && user !== null
  const [unbanning, setUnbanning] = useState<string | null>(null)
  const close = () => {
    setUnbanning(null)
    reload()
  }
  const columns: Column<Banned>[] = [
    { key: 'ip', title: texts.address, cell: ({ ip }) => <span translate="no">{ip}</span> },
    {
      key: 'actions',
      title: t.security.actions,
      isNumeric: true,
      cell: ({ ip }) =>
        may && (
          <Button size="small" aria-label={texts.unbanOf(ip)} onClick={() => setUnbanning(ip)}>
            {texts.unban}
          </Button>
        )
    }
  ]
  const badge = data && (
    <Badge tone={tones[data.state]} hasMark>
      {texts.states[data.state]}
    </Badge>
  )
  return (
    <>
      <PolledCard polled={polled} title={texts.title} icon={shieldCheckIcon} aside={badge}>
        {(details) => (
          <>
            <p className="text-sm text-muted">{texts.lead}</p>
            {details.reason && (
              <Notice tone={details.installed ? 'warn' : 'info'}>
                <p>{asSentence(details.reason)}</p>
                {details.state === 'absent' && (
                  <p>
                    {texts.install}{' '}
                    <code translate="no" className="font-mono">
                      apt-get install fail2ban
                    </code>
                  </p>
                )}
              </Notice>
            )}
            {details.state !== 'absent' && <Numbers details={details} />}
          </>
        )}
      </PolledCard>
      {data && data.state !== 'absent' && (
        <Card title={texts.banned} icon={banIcon}>
          {data.banned.length > 0 ? (
            <Table caption={texts.banned} columns={columns} rows={data.banned} keyOf={({ ip }) => ip} />
          ) : (
            <EmptyList unread={data.reason} icon={banIcon} title={texts.none}>
              {texts.noneText}
            </EmptyList>
          )}
        </Card>
      )}
      <SureDialog
        isOpen={unbanning !== null}
        onClose={close}
        title={texts.unbanTitle(unbanning ?? '')}
        lead={texts.unbanLead}
        verb={texts.unban}
        act={async () => {
          if (unbanning) await api.post('/api/security/fail2ban/unban', { body: { ip: unbanning } })
          toast(texts.unbanned)
        }}
      />
    </>
  )
}
