import { useEffect, useState } from 'react'
import { api } from '../../api/client.ts'
import { root } from '../../api/place.ts'
import { Gate } from '../../app.tsx'
import { announceChange, useReloadOnChange } from '../../data/changes.ts'
import { formatClock } from '../../data/format.ts'
import { changeTrustedProxies } from '../../data/trusted-proxies.ts'
import { useAction } from '../../data/use-action.ts'
import { usePoll } from '../../data/use-poll.ts'
import { PendingChange } from '../../parts/pending-change.tsx'
import { useUser } from '../../session/use-session.ts'
import { logOut } from '../../shell/log-out.ts'
import { OuterPage } from '../../shell/outer-page.tsx'
import { texts } from '../../texts/connection.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { PollProblem } from '../../ui/freshness.tsx'
import { GuideLink } from '../../ui/guide-link.tsx'
import { refreshCwIcon } from '../../ui/icon-shapes.ts'
import { Loading } from '../../ui/skeleton.tsx'
import { Ends, Headers } from './ends.tsx'
import { type Outcome, tryWebSocket } from './probe.ts'
import { Problems } from './problems.tsx'
import type { Report } from './report.ts'
import { SocketCard } from './socket-card.tsx'
import { Way } from './way.tsx'

const TRIAL_S = 60

const load = (signal: AbortSignal) => api.get('/api/security/connection', { query: { page: root.href }, signal })

function Verdict({ report, isSocketFailed }: { report: Report; isSocketFailed: boolean }) {
  const count = (severity: string) => report.problems.filter((problem) => problem.severity === severity).length
  const faults = count('error') + (isSocketFailed ? 1 : 0)
  const warnings = count('warning')
  const tone = faults > 0 ? 'bad' : warnings > 0 ? 'warn' : 'good'
  const word = faults > 0 ? texts.faults(faults) : warnings > 0 ? texts.warnings(warnings) : texts.good
  return (
    <span role="status" className="flex flex-wrap items-center gap-2 pt-1.5">
      <Badge tone={tone} hasMark>
        {word}
      </Badge>
      {texts.seenAs(report.client_address, report.scheme === 'https')}
    </span>
  )
}

function Doctor({ onProtect }: { onProtect(): void }) {
  const user = useUser()
  const polled = usePoll(load, 0)
  const { data: report, at, reload } = polled
  useReloadOnChange(reload)

  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const probe = useAction(async () => {
    setOutcome(null)
    setOutcome(await tryWebSocket())
  })
  const { run } = probe
  const mayTry = user !== null
  useEffect(() => {
    if (at !== null && mayTry) void run()
  }, [at, mayTry, run])

  const trust = async (address: string) => {
    await changeTrustedProxies((proxies) => [...new Set([...proxies, address])], TRIAL_S)
    announceChange({ setting: 'trusted_proxies', seconds: TRIAL_S })
  }
  const isSocketFailed = outcome !== null && 'failed' in outcome
  return (
    <OuterPage
      title={texts.title}
      lead={report && <Verdict report={report} isSocketFailed={isSocketFailed} />}
      who={user?.display_name ?? null}
      onLogOut={() => void logOut()}
      onProtect={onProtect}
    >
      {user && <PendingChange isFocused />}
      <PollProblem polled={polled} />
      {!report && !polled.problem && <Loading />}
      {report && (
        <>
          <Way report={report} />
          <Problems report={report} onTrust={user && trust} />
          <div className="grid items-start gap-5 md:grid-cols-2">
            <Ends report={report} />
            <SocketCard
              outcome={outcome}
              problem={probe.problem}
              isForeign={report.problems.some(({ code }) => code === 'HOST_MISMATCH')}
              onTry={user && (() => void run())}
            />
          </div>
          <Headers forwarded={report.forwarded} />
          <p className="flex flex-wrap items-center justify-between gap-3 text-sm text-muted tabular-nums">
            {texts.checked(formatClock(at!))}
            <GuideLink section="behind-a-reverse-proxy" about={texts.title} />
            <Button icon={refreshCwIcon} onClick={reload}>
              {texts.again}
            </Button>
          </p>
        </>
      )}
    </OuterPage>
  )
}

/** How a browser reaches this host, what is wrong with that, and how it is fixed. */
export default function Connection() {
  return <Gate inside={Doctor} />
}
