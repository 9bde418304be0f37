import { lazy, Suspense, useState } from 'react'
import { asSentence } from '../../api/explain.ts'
import type { Polled } from '../../data/use-poll.ts'
import { Value, ValueOrReason } from '../../parts/sample.tsx'
import { healthTones } from '../../shell/health-tones.ts'
import { useHostInfo } from '../../shell/host-info.tsx'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { heartPulseIcon } from '../../ui/icon-shapes.ts'
import { PolledValue } from './polled-value.tsx'
import { type Updates, UpdatesDialog } from './updates-dialog.tsx'

const HealthDialog = lazy(() => import('../../parts/health/health-dialog.tsx'))

function UpdateCount({ updates }: { updates: Updates }) {
  const [isOpen, setOpen] = useState(false)
  const { available_updates: count, security_updates: security, new_packages: fresh } = updates
  if (count === null)
    return (
      <ValueOrReason value={count} reason={updates.reason}>
        {() => null}
      </ValueOrReason>
    )
  if (count + (fresh ?? 0) === 0)
    // Without package lists, or with old ones, apt knows of no update either.
    return updates.reason === null ? (
      t.overview.upToDate
    ) : (
      <span className="font-normal text-muted">{asSentence(updates.reason)}</span>
    )
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Button size="small" onClick={() => setOpen(true)}>
        {t.overview.updatesWaiting(count)}
      </Button>
      {security != null && security > 0 && (
        <Badge tone="warn" hasMark>
          {t.overview.securityUpdates(security)}
        </Badge>
      )}
      <UpdatesDialog updates={updates} isOpen={isOpen} onClose={() => setOpen(false)} />
    </span>
  )
}

function Reboot({ updates: { reboot_required: required, reason } }: { updates: Updates }) {
  return (
    <Value value={required} reason={reason}>
      {(isRequired) =>
        isRequired ? (
          <Badge tone="warn" hasMark>
            {t.overview.rebootRequired}
          </Badge>
        ) : (
          t.overview.rebootNone
        )
      }
    </Value>
  )
}

/** What may need a decision: the health of this host, its updates, and whether it must be rebooted. */
export function StatusCard({ updates }: { updates: Polled<Updates> }) {
  const host = useHostInfo()
  const [isOpen, setOpen] = useState(false)
  return (
    <Card
      title={t.overview.health}
      icon={heartPulseIcon}
      aside={
        <Button size="small" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          {t.overview.allChecks}
        </Button>
      }
    >
      <PolledValue polled={host}>
        {({ health: { status, summary } }) => (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <Badge tone={healthTones[status] ?? 'neutral'} hasMark>
              {t.shell.health[status]}
            </Badge>
            <span lang="en" className="min-w-0 flex-1 basis-48 font-medium">
              {summary}
            </span>
            <Freshness polled={host} />
          </p>
        )}
      </PolledValue>
      <Facts className="mt-auto border-t pt-3">
        <Fact name={t.overview.updates}>
          <PolledValue polled={updates}>{(data) => <UpdateCount updates={data} />}</PolledValue>
        </Fact>
        <Fact name={t.overview.reboot}>
          <PolledValue polled={updates}>{(data) => <Reboot updates={data} />}</PolledValue>
        </Fact>
      </Facts>
      <p className="empty:hidden">
        <Freshness polled={updates} />
      </p>
      {isOpen && (
        <Suspense>
          <HealthDialog isOpen onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </Card>
  )
}
