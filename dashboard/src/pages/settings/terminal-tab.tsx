import { hrefOf } from '../../router.ts'
import { useMay, useUser } from '../../session/use-session.ts'
import { texts } from '../../texts/settings.ts'
import { circleIcon, squareTerminalIcon } from '../../ui/icon-shapes.ts'
import { HowToChange, useConfiguration, VariablesCard } from './variables.tsx'

const { variables: v } = texts

/** What is recorded of terminals, and how they are started. */
export function TerminalTab() {
  const polled = useConfiguration()
  const mayWatch = useMay('terminal.watch')
  const hasRecordings = useUser() !== null && mayWatch
  return (
    <>
      <VariablesCard
        polled={polled}
        title={v.recordings}
        lead={v.recordingsLead}
        icon={circleIcon}
        names={['MONITOR_TERMINAL_RECORD', 'MONITOR_TERMINAL_RECORD_MB', 'MONITOR_TERMINAL_RECORD_DAYS']}
      >
        {hasRecordings && (
          <p>
            <a href={hrefOf('terminal', 'recordings')} className="text-sm">
              {v.toRecordings}
            </a>
          </p>
        )}
      </VariablesCard>
      <VariablesCard
        polled={polled}
        title={v.terminals}
        icon={squareTerminalIcon}
        names={['MONITOR_SHELL', 'MONITOR_TERMINAL_IDLE']}
      >
        <HowToChange />
      </VariablesCard>
    </>
  )
}
