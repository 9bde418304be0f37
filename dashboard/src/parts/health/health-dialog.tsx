import { api } from '../../api/client.ts'
import { usePoll } from '../../data/use-poll.ts'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { GuideLink } from '../../ui/guide-link.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { type Check, CheckRow } from './check-row.tsx'

const EVERY_MS = 15_000
const load = (signal: AbortSignal) => api.get('/api/health/full', { signal })

interface ChecksProps {
  title: string
  checks: Check[]
  onChange(): void
  onLeave(): void
}

function Checks({ title, checks, onChange, onLeave }: ChecksProps) {
  if (checks.length === 0) return null
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">
        {title} <span className="font-normal text-muted">{checks.length}</span>
      </h3>
      <ul className="divide-y rounded-lg border">
        {checks.map((check) => (
          <CheckRow key={check.check} check={check} onChange={onChange} onLeave={onLeave} />
        ))}
      </ul>
    </section>
  )
}

/** All checks of this host, problems first. */
export default function HealthDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const polled = usePoll(load, EVERY_MS)
  const { data } = polled
  const checks = data?.checks ?? []
  const isQuiet = (check: Check) => check.acknowledged_until != null
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="large"
      title={t.health.title}
      lead={data ? <span lang="en">{data.summary}</span> : t.health.lead}
    >
      <Freshness polled={polled} />
      <PollProblem polled={polled} />
      {!data && !polled.problem && <Loading lines={8} />}
      {data && (
        <>
          <p className="flex flex-wrap gap-2">
            <Badge tone={data.counts.critical > 0 ? 'bad' : 'neutral'} hasMark={data.counts.critical > 0}>
              {t.health.critical(data.counts.critical)}
            </Badge>
            <Badge tone={data.counts.warning > 0 ? 'warn' : 'neutral'} hasMark={data.counts.warning > 0}>
              {t.health.warnings(data.counts.warning)}
            </Badge>
            <Badge tone="good" hasMark>
              {t.health.healthy(data.counts.healthy)}
            </Badge>
            {data.counts.acknowledged > 0 && <Badge>{t.health.acknowledged(data.counts.acknowledged)}</Badge>}
            <span className="ml-auto">
              <GuideLink section="reading-health" about={t.health.title} />
            </span>
          </p>
          <Checks
            title={t.health.problems}
            checks={checks.filter((check) => check.status !== 'healthy' && !isQuiet(check))}
            onChange={polled.reload}
            onLeave={onClose}
          />
          <Checks title={t.health.quiet} checks={checks.filter(isQuiet)} onChange={polled.reload} onLeave={onClose} />
          <Checks
            title={t.health.fine}
            checks={checks.filter((check) => check.status === 'healthy' && !isQuiet(check))}
            onChange={polled.reload}
            onLeave={onClose}
          />
        </>
      )}
    </Dialog>
  )
}
