import { lazy, Suspense, useState } from 'react'
import { useNow } from '../data/use-now.ts'
import { useMay } from '../session/use-session.ts'
import { t } from '../texts/index.ts'
import { Badge } from '../ui/badge.tsx'
import { describeSeconds } from '../ui/durations.ts'
import { healthTones } from './health-tones.ts'
import { useHostInfo } from './host-info.tsx'

const HealthDialog = lazy(() => import('../parts/health/health-dialog.tsx'))

/** Polled every 15 s: an older verdict is not confirmed any more, such as while a request gets no answer. */
const OLD_S = 25

function Verdict({ onOpen }: { onOpen(): void }) {
  const { data, at, problem } = useHostInfo()
  const age = Math.round((useNow() - (at ?? 0)) / 1000)
  const mayView = useMay('system.view')
  if (problem) {
    return (
      <Badge tone="bad" hasMark>
        {t.shell.offline}
      </Badge>
    )
  }
  if (!data) return null
  const { status, summary } = data.health
  const badge = (
    <Badge tone={age > OLD_S ? 'neutral' : (healthTones[status] ?? 'neutral')} hasMark>
      {t.shell.health[status]}
      {age > OLD_S && `, ${t.ui.stale(describeSeconds(age))}`}
    </Badge>
  )
  if (!mayView) return <span title={summary}>{badge}</span>
  return (
    <button
      type="button"
      title={summary}
      aria-haspopup="dialog"
      onClick={onOpen}
      className="flex min-h-10 items-center rounded-full"
    >
      {badge}
      <span className="sr-only">{t.shell.healthDetails}</span>
    </button>
  )
}

/**
 * The health of the host, or "unknown" if the host is not responding. Opens the dialog with all checks, which stays
 * open while the host is not responding.
 */
export function HealthPill() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Verdict onOpen={() => setOpen(true)} />
      {isOpen && (
        <Suspense>
          <HealthDialog isOpen onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
