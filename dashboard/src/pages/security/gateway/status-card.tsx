import { asSentence } from '../../../api/explain.ts'
import { formatClock, formatDate } from '../../../data/format.ts'
import type { Polled } from '../../../data/use-poll.ts'
import { texts } from '../../../texts/gateway.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Fact, Facts } from '../../../ui/facts.tsx'
import { waypointsIcon } from '../../../ui/icon-shapes.ts'
import { Notice } from '../../../ui/notice.tsx'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { Actions } from './actions.tsx'
import { ExternalLink } from './external-link.tsx'
import { type Job, KEYS_PAGE, type Status } from './gateway.ts'
import { NewKeyForm } from './new-key.tsx'

const tones: Record<Status['state'], Tone> = {
  not_installed: 'neutral',
  deploying: 'accent',
  needs_login: 'warn',
  routes_pending: 'warn',
  connected: 'good',
  stopped: 'neutral',
  error: 'bad'
}

/** Without a connection to the tailnet nothing is known about approvals. */
const isConnected = ({ tailnet_ips: addresses }: Status) => addresses.length > 0

const approval = (isApproved: boolean) => (
  <Badge tone={isApproved ? 'good' : 'warn'} hasMark>
    {isApproved ? texts.detail.approved : texts.detail.waiting}
  </Badge>
)

interface DetailProps {
  status: Status
  /** The form for a new key below has the link. */
  hasForm: boolean
}

/** What is wrong or to be done, with the page on which to do it. */
function Detail({ status: { state, detail, link }, hasForm }: DetailProps) {
  if (detail == null) return null
  const action =
    link == null || hasForm ? undefined : (
      <ExternalLink href={link} isButton>
        {link === KEYS_PAGE ? texts.key.create : texts.detail.openConsole}
      </ExternalLink>
    )
  return (
    <Notice tone={state === 'error' ? 'bad' : 'warn'} role="status" action={action}>
      {asSentence(detail)}
    </Notice>
  )
}

function Addresses({ addresses }: { addresses: readonly string[] }) {
  if (addresses.length === 0) return '–'
  return (
    <ul className="flex flex-col gap-1.5">
      {addresses.map((address) => (
        <li key={address} className="flex flex-wrap items-center gap-2">
          <span translate="no" className="wrap-anywhere">
            {address}
          </span>
          <CopyButton size="small" text={address} aria-label={texts.detail.copyOf(address)} />
        </li>
      ))}
    </ul>
  )
}

function Numbers({ status }: { status: Status }) {
  const words = texts.detail
  const { exit_node: exitNode, key_expires_at: expires, started_at: startedAt } = status
  const known = (text: string | null) => (text == null ? '–' : <span translate="no">{text}</span>)
  // Without a login there is nothing that could expire.
  const expiry = expires == null ? (isConnected(status) ? words.never : '–') : formatDate(expires)
  const offered = isConnected(status) ? approval(status.exit_node_approved) : words.offered
  return (
    <Facts>
      <Fact name={words.addresses} className="col-span-full">
        <Addresses addresses={status.tailnet_ips} />
      </Fact>
      <Fact name={words.hostname}>{known(status.hostname)}</Fact>
      <Fact name={words.tailnet}>{known(status.tailnet)}</Fact>
      <Fact name={words.exitNode}>{exitNode ? offered : words.notOffered}</Fact>
      <Fact name={words.acceptRoutes}>{status.accept_routes ? words.used : words.unused}</Fact>
      <Fact name={words.version}>{known(status.version)}</Fact>
      <Fact name={words.keyExpiry}>{expiry}</Fact>
      <Fact name={words.container}>{status.vmid ?? '–'}</Fact>
      <Fact name={words.startedAt}>{startedAt == null ? '–' : formatDate(startedAt)}</Fact>
      <Fact name={words.installedAt}>{status.installed_at == null ? '–' : formatDate(status.installed_at)}</Fact>
    </Facts>
  )
}

function Networks({ status }: { status: Status }) {
  const words = texts.detail
  const { advertised, approved } = status
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">{words.advertised}</h3>
      <p className="text-sm text-muted">{words.advertisedLead}</p>
      <ul className="flex flex-col gap-2">
        {advertised.map((network) => (
          <li key={network} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <span translate="no" className="font-medium">
              {network}
            </span>
            {isConnected(status) && approval(approved.includes(network))}
          </li>
        ))}
      </ul>
    </div>
  )
}

interface StatusCardProps {
  polled: Polled<Status>
  /** Without an account nothing can be changed. */
  hasAccount: boolean
  /** A job runs. */
  isBusy: boolean
  onBegun(job: Job): void
}

/** A deployed gateway. */
export function StatusCard({ polled, hasAccount, isBusy, onBegun }: StatusCardProps) {
  const { data } = polled
  // A device that waits for its approval needs no key.
  const hasForm = hasAccount && !isBusy && data?.state === 'needs_login' && data.link === KEYS_PAGE
  const badge = data && (
    <Badge tone={tones[data.state]} hasMark>
      {texts.states[data.state]}
    </Badge>
  )
  return (
    <PolledCard polled={polled} title={texts.title} icon={waypointsIcon} aside={badge}>
      {(status) => (
        <>
          <Detail status={status} hasForm={hasForm} />
          {hasForm && (
            <div className="flex max-w-xl flex-col gap-3">
              <h3 className="text-sm font-semibold">{texts.detail.newKeyHere}</h3>
              <NewKeyForm onBegun={onBegun} />
            </div>
          )}
          <Numbers status={status} />
          <Networks status={status} />
          {status.checked_at != null && (
            <p className="text-xs text-muted">{texts.detail.checked(formatClock(status.checked_at))}</p>
          )}
          {hasAccount && status.vmid != null && <Actions status={status} isBusy={isBusy} onBegun={onBegun} />}
        </>
      )}
    </PolledCard>
  )
}
