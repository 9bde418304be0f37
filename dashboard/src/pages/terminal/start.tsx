import { explain } from '../../api/explain.ts'
import { isProblem } from '../../api/problem.ts'
import type { Polled } from '../../data/use-poll.ts'
import { hrefOf } from '../../router.ts'
import { useMay } from '../../session/use-session.ts'
import { t } from '../../texts/index.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { RetryButton } from '../../ui/freshness.tsx'
import { Icon } from '../../ui/icon.tsx'
import { historyIcon, lockIcon, monitorIcon, squareTerminalIcon, unplugIcon } from '../../ui/icon-shapes.ts'
import { NewTerminal } from './new-terminal.tsx'

const ALLOW = '"terminal_without_auth": true'

function Closed() {
  return (
    <Card>
      <EmptyState icon={lockIcon} title={t.terminal.closed}>
        <p>{t.terminal.closedText}</p>
        <p className="mt-3">{t.terminal.closedHow}</p>
        <code translate="no" className="mt-1 inline-block rounded-md bg-raised px-2 py-1 text-text">
          {ALLOW}
        </code>
      </EmptyState>
    </Card>
  )
}

export interface StartProps {
  /** The open terminals, or the error. */
  sessions: Polled<unknown>
  /** The number of terminals that are not open on this page. */
  others: number
  onOthers(): void
}

/** Shown while no terminal is open: how to open one, or why that is not possible. */
export function Start({ sessions, others, onOthers }: StartProps) {
  const { problem } = sessions
  const mayOpen = useMay('terminal.open')
  const mayWatch = useMay('terminal.watch')
  if (isProblem(problem, 'NO_ACCOUNT')) return <Closed />
  if (problem) {
    return (
      <Card>
        <EmptyState icon={unplugIcon} title={t.terminal.unavailable} action={<RetryButton polled={sessions} />}>
          {explain(problem)}
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card>
      <EmptyState
        icon={squareTerminalIcon}
        title={mayOpen ? t.terminal.start : t.terminal.noOpening}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <NewTerminal />
            {(others > 0 || !mayOpen) && (
              <Button icon={monitorIcon} onClick={onOthers}>
                {t.terminal.others}
              </Button>
            )}
            {mayWatch && (
              <a href={hrefOf('terminal', 'recordings')} className={buttonClass()}>
                <Icon shape={historyIcon} />
                {t.terminal.recordings}
              </a>
            )}
          </div>
        }
      >
        <p>{mayOpen ? t.terminal.startText : t.terminal.noOpeningText}</p>
        {others > 0 && <p className="mt-2">{t.terminal.found(others)}</p>}
      </EmptyState>
    </Card>
  )
}
