import type { ReactNode } from 'react'
import { asSentence } from '../api/explain.ts'
import { t } from '../texts/index.ts'
import { Badge } from '../ui/badge.tsx'
import { describeSeconds } from '../ui/durations.ts'

/** The age of a sample, as the API returns it. */
export interface Age {
  stale: boolean
  age_seconds: number | null
  reason: string | null
}

/** The age of stale values and the reason. Renders nothing for current values. */
export function SampleNote({ age }: { age: Age }) {
  if (!age.stale && age.reason == null) return null
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
      {age.stale && age.age_seconds != null && (
        <Badge tone="warn" hasMark>
          {t.ui.stale(describeSeconds(Math.round(age.age_seconds)))}
        </Badge>
      )}
      {age.reason != null && asSentence(age.reason)}
    </p>
  )
}

interface ValueProps<T> {
  value: T | null | undefined
  reason?: string | null | undefined
  children(value: T): ReactNode
}

/** A value, or a dash whose tooltip gives the host's reason. Screen readers read the reason. */
export function Value<T>({ value, reason, children }: ValueProps<T>) {
  if (value != null) return children(value)
  const why = asSentence(reason ?? t.ui.notAvailable)
  return (
    <span title={why} className="font-normal text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{why}</span>
    </span>
  )
}

/** A value, or the host's reason as text. For places with room for a sentence. */
export function ValueOrReason<T>({ value, reason, children }: ValueProps<T>) {
  if (value != null) return children(value)
  return <span className="font-normal text-muted">{asSentence(reason ?? t.ui.notAvailable)}</span>
}

/** The tone of a usage in percent: warning at 85, critical at 95. */
export const toneOf = (percent: number): 'accent' | 'warn' | 'bad' =>
  percent >= 95 ? 'bad' : percent >= 85 ? 'warn' : 'accent'
