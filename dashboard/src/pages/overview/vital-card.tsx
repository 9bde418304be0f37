import type { ReactNode } from 'react'
import { asSentence, explain } from '../../api/explain.ts'
import type { Polled } from '../../data/use-poll.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import type { Shape } from '../../ui/icon-shapes.ts'
import { Skeleton } from '../../ui/skeleton.tsx'

export interface VitalCardProps {
  title: string
  icon: Shape
  /** Null while loading. */
  value: ReactNode
  /** Why this host has no value. */
  reason?: string | null | undefined
  /** The separate source of the values, if any, for their age and error. */
  polled?: Polled<unknown>
  aside?: ReactNode
  className?: string
  children?: ReactNode
}

export function VitalCard(props: VitalCardProps) {
  const { title, icon, value, polled, aside, className = '', children } = props
  const failure = polled?.data === null && polled.problem ? explain(polled.problem) : null
  const reason = props.reason ?? failure
  return (
    <Card title={title} icon={icon} aside={aside} className={className}>
      {reason != null ? (
        <>
          <p className="text-2xl font-semibold text-muted" aria-hidden="true">
            –
          </p>
          <p className="text-sm text-muted">{asSentence(reason)}</p>
        </>
      ) : value === null ? (
        <div role="status" className="flex flex-col gap-3">
          <span className="sr-only">{t.ui.loading}</span>
          <Skeleton className="h-8 w-24" />
          <Skeleton className="h-10 w-full" />
          <Skeleton className="h-4 w-32" />
        </div>
      ) : (
        <>
          <div className="text-2xl font-semibold tracking-tight tabular-nums">{value}</div>
          {children}
        </>
      )}
      {polled && (
        <p className="empty:hidden">
          <Freshness polled={polled} />
        </p>
      )}
    </Card>
  )
}

export function Detail({ children }: { children: ReactNode }) {
  return <p className="mt-auto flex flex-wrap justify-between gap-x-3 text-sm text-muted tabular-nums">{children}</p>
}

/** Two rates, each with the stroke of its line. */
export function Rates({ rows }: { rows: readonly { name: string; value: string; isDashed?: boolean }[] }) {
  return (
    <dl className="flex flex-col gap-1 text-base sm:text-lg">
      {rows.map(({ name, value, isDashed }) => (
        <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-3">
          <dt className="flex items-center gap-2 text-sm font-normal tracking-normal text-muted">
            <svg viewBox="0 0 16 4" aria-hidden="true" className="h-1 w-4">
              <line
                x1="0"
                x2="16"
                y1="2"
                y2="2"
                strokeWidth="2"
                strokeDasharray={isDashed ? '4 2' : undefined}
                className={isDashed ? 'stroke-warn' : 'stroke-accent'}
              />
            </svg>
            {name}
          </dt>
          <dd className="whitespace-nowrap">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
