import { useEffect, useState } from 'react'
import { explain } from '../api/explain.ts'
import type { Problem } from '../api/problem.ts'
import { useCountdown } from '../data/use-now.ts'
import { start } from '../session/session.ts'
import { addressUnder, schemeHere } from '../session/url-migration.ts'
import { t } from '../texts/index.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { describeLeft } from '../ui/durations.ts'
import { retryTimeOf } from '../ui/form-problem.tsx'
import { refreshCwIcon } from '../ui/icon-shapes.ts'
import { Frame } from './frame.tsx'

const EVERY_MS = 5000
/** For a state that only the operator of the panel changes. */
const RARELY_MS = 60_000

function describe(problem: Problem): { title: string; text: string; command?: string } {
  const texts = t.access.broken
  if (problem.code === 'AUTH_STORE_UNREADABLE') {
    return { title: texts.unreadable, text: texts.unreadableText, command: 'journalctl -u proxmenux-monitor -n 20' }
  }
  // Before a login only a whole tenant is refused so.
  if (problem.code === 'ACCOUNT_DISABLED') return { title: texts.suspended, text: texts.suspendedText }
  if (problem.code === 'TENANT_UNKNOWN') return { title: texts.unknown, text: texts.unknownText }
  const text = explain(problem)
  if (problem.code === 'RATE_LIMITED') return { title: texts.limited, text }
  const isRefusal = problem.status >= 400 && problem.status < 500
  return { title: isRefusal ? texts.refused : texts.unreachable, text }
}

/** The port now uses HTTPS. Retrying over plain HTTP cannot succeed. */
function Moved() {
  const texts = t.access.broken
  const address = addressUnder('https')
  const shown = new URL(address)
  shown.search = ''
  return (
    <Frame title={texts.moved} lead={texts.movedText}>
      <code translate="no" className="rounded-lg bg-raised px-3 py-2 font-mono text-sm">
        {shown.href}
      </code>
      <p className="text-sm text-muted">{texts.movedWarning}</p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button icon={refreshCwIcon} onClick={() => void start()}>
          {t.ui.retry}
        </Button>
        <a href={address.href} className={buttonClass('primary')}>
          {texts.movedGo}
        </a>
      </div>
    </Frame>
  )
}

/** The daemon is not usable at the moment. */
export function Broken({ problem }: { problem: Problem }) {
  // This page already uses HTTPS, so a proxy sends plain HTTP to the daemon. Another address would not help.
  if (problem.code === 'HTTPS_REQUIRED' && schemeHere() === 'http') return <Moved />
  return <Waiting problem={problem} />
}

/** Retries automatically and opens the dashboard once the daemon responds. */
function Waiting({ problem }: { problem: Problem }) {
  const texts = t.access.broken
  const { title, text, command } = describe(problem)
  const [isAsking, setAsking] = useState(false)
  const isRare = problem.code === 'ACCOUNT_DISABLED' || problem.code === 'TENANT_UNKNOWN'
  const at = retryTimeOf(problem) ?? problem.at + (isRare ? RARELY_MS : EVERY_MS)
  const left = useCountdown(at)

  useEffect(() => {
    setAsking(false)
    const timer = setTimeout(() => {
      setAsking(true)
      void start()
    }, at - Date.now())
    return () => clearTimeout(timer)
  }, [at])

  const ask = () => {
    setAsking(true)
    void start()
  }
  return (
    <Frame title={title} lead={text}>
      {command && (
        <div className="flex flex-col gap-2 text-sm">
          <p>{texts.unreadableHow}</p>
          <code translate="no" className="rounded-lg bg-raised px-3 py-2 font-mono">
            {command}
          </code>
        </div>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm text-muted tabular-nums">
          {isAsking || left === 0 ? texts.asking : texts.again(describeLeft(left))}
        </p>
        <Button icon={refreshCwIcon} isBusy={isAsking} disabled={problem.code === 'RATE_LIMITED'} onClick={ask}>
          {t.ui.retry}
        </Button>
      </div>
    </Frame>
  )
}
