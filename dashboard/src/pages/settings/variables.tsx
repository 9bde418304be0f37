import type { ReactNode } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { type Polled, usePoll } from '../../data/use-poll.ts'
import { usePanel } from '../../session/panel.ts'
import { texts } from '../../texts/settings.ts'
import { Badge } from '../../ui/badge.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Fact } from '../../ui/facts.tsx'
import type { Shape } from '../../ui/icon-shapes.ts'
import { PolledCard } from '../../ui/polled-card.tsx'

export type Configuration = Reply<'/api/security/configuration'>
export type Variable = Configuration['variables'][number]

const { variables: v } = texts

const load = (signal: AbortSignal) => api.get('/api/security/configuration', { signal })

/** The variables change only with a restart of the daemon. */
export const useConfiguration = (): Polled<Configuration> => usePoll(load, 0)

const shown = (value: string): ReactNode =>
  value === '' ? (
    <span className="font-normal text-muted">{v.empty}</span>
  ) : (
    <span translate="no" className="font-mono wrap-anywhere">
      {value.replaceAll(',', ', ')}
    </span>
  )

/** Variables with their values and what they are for. */
export function VariableList({ variables }: { variables: readonly Variable[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-4 lg:grid-cols-2">
      {variables.map(({ name, value, default: standard, customised, description }) => (
        <Fact key={name} name={name}>
          <span className="flex flex-wrap items-center gap-x-2">
            {shown(value)}
            {customised && (
              <>
                <Badge tone="accent">{v.changed}</Badge>
                <span className="text-xs font-normal text-muted">
                  {v.default} {shown(standard)}
                </span>
              </>
            )}
          </span>
          <span lang="en" className="block font-normal text-muted">
            {description}
          </span>
        </Fact>
      ))}
    </dl>
  )
}

/** Where a variable is set, by the units of deploy/. */
export function HowToChange() {
  const file = usePanel() ? v.panelFile : v.file
  return (
    <div className="flex flex-col gap-1 text-sm text-muted">
      <p>{v.hint}</p>
      {[file, v.restart].map((text) => (
        <p key={text} className="flex items-center gap-1">
          <code translate="no" className="min-w-0 font-mono text-xs wrap-anywhere">
            {text}
          </code>
          <CopyButton size="small" look="quiet" className="shrink-0" text={text} />
        </p>
      ))}
    </div>
  )
}

interface VariablesCardProps {
  polled: Polled<Configuration>
  title: string
  lead?: string
  icon: Shape
  names: readonly string[]
  children?: ReactNode
}

/** Some variables, read-only. */
export function VariablesCard({ polled, title, lead, icon, names, children }: VariablesCardProps) {
  return (
    <PolledCard polled={polled} title={title} icon={icon}>
      {({ variables }) => (
        <>
          {lead && <p className="text-sm text-muted">{lead}</p>}
          <VariableList variables={variables.filter(({ name }) => names.includes(name))} />
          {children}
        </>
      )}
    </PolledCard>
  )
}
