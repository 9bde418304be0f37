import { t } from '../texts/index.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { useHostInfo } from './host-info.tsx'

export const healthTones: Record<string, Tone> = { healthy: 'good', warning: 'warn', critical: 'bad' }

/** The host's verdict on itself; or that nothing is known, where it does not answer. */
export function HealthPill() {
  const { data, problem } = useHostInfo()
  if (problem) {
    return (
      <Badge tone="bad" hasMark>
        {t.shell.offline}
      </Badge>
    )
  }
  if (!data) return null
  return (
    <span title={data.health.summary}>
      <Badge tone={healthTones[data.health.status] ?? 'neutral'} hasMark>
        {t.shell.health[data.health.status]}
      </Badge>
    </span>
  )
}
