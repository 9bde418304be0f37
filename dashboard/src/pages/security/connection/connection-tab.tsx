import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'
import { root, urlOf } from '../../../api/place.ts'
import { useReloadOnChange } from '../../../data/changes.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { TrustedProxies } from '../../../parts/trusted-proxies.tsx'
import { useMay } from '../../../session/use-session.ts'
import { t } from '../../../texts/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import { buttonClass } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Fact, Facts } from '../../../ui/facts.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { externalLinkIcon, routeIcon } from '../../../ui/icon-shapes.ts'
import { Notice } from '../../../ui/notice.tsx'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { type Column, Table } from '../../../ui/table.tsx'

type Way = Reply<'/api/security/connection'>
type Hop = Way['hops'][number]

const load = (signal: AbortSignal) => api.get('/api/security/connection', { query: { page: root.href }, signal })
const tones = { error: 'bad', warning: 'warn', info: 'info' } as const

function Problems({ problems }: Pick<Way, 'problems'>) {
  const texts = t.security.connection
  if (problems.length === 0) return <Notice tone="good">{texts.good}</Notice>
  return problems.map(({ code, severity, message, fix }) => (
    <Notice key={code} tone={tones[severity]}>
      <p lang="en">{message}</p>
      {fix && (
        <div className="flex flex-wrap items-center gap-2 pt-1.5">
          <span className="sr-only">{texts.fix}: </span>
          <code translate="no" className="font-mono text-xs">
            {fix}
          </code>
          <CopyButton size="small" text={fix} />
        </div>
      )}
    </Notice>
  ))
}

function Hops({ hops }: Pick<Way, 'hops'>) {
  const texts = t.security.connection
  const columns: Column<Hop>[] = [
    { key: 'address', title: texts.hop, cell: ({ address }) => <span translate="no">{address}</span> },
    {
      key: 'trusted',
      title: texts.trusted,
      cell: ({ trusted }) => (
        <Badge tone={trusted ? 'good' : 'neutral'} hasMark>
          {trusted ? texts.yes : texts.no}
        </Badge>
      )
    },
    { key: 'why', title: texts.why, cell: ({ why }) => <span translate="no">{why}</span> }
  ]
  return <Table caption={texts.way} columns={columns} rows={hops} keyOf={(hop) => hops.indexOf(hop)} />
}

function PathCard() {
  const texts = t.security.connection
  const polled = usePoll(load, 0)
  useReloadOnChange(polled.reload)
  return (
    <PolledCard polled={polled} title={texts.title} icon={routeIcon}>
      {(way) => (
        <>
          <p className="text-sm text-muted">{texts.lead}</p>
          <Problems problems={way.problems} />
          <Facts>
            <Fact name={texts.seenAs}>
              <span translate="no">{way.client_address}</span>
            </Fact>
            <Fact name={texts.peer}>
              <span translate="no">{way.peer}</span>
            </Fact>
            <Fact name={texts.host}>
              <span translate="no">{way.host}</span>
            </Fact>
            <Fact name={texts.scheme}>
              <span translate="no">{way.scheme}</span>
            </Fact>
            <Fact name={texts.encrypted}>
              {way.tls ? <span translate="no">{way.tls.protocol}</span> : way.encrypted ? texts.yes : texts.no}
            </Fact>
          </Facts>
          {way.hops.length > 1 && <Hops hops={way.hops} />}
        </>
      )}
    </PolledCard>
  )
}

export function ConnectionTab() {
  const texts = t.security.connection
  const may = useMay('security.manage')
  return (
    <>
      {may ? <PathCard /> : <Notice>{t.security.readOnly}</Notice>}
      <TrustedProxies />
      {may && (
        <p className="flex flex-wrap items-center gap-3 text-sm text-muted">
          <a href={urlOf('connection')} className={buttonClass('secondary', 'small')}>
            <Icon shape={externalLinkIcon} />
            {texts.doctor}
          </a>
          {texts.doctorHint}
        </p>
      )}
    </>
  )
}
