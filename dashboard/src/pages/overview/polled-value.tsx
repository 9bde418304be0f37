import type { ReactNode } from 'react'
import { explain } from '../../api/explain.ts'
import type { Polled } from '../../data/use-poll.ts'
import { ValueOrReason } from '../../parts/sample.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

/** The state of a separately polled value: loading, the value, or the error. */
export function PolledValue<T>({
  polled: { data, problem },
  children
}: {
  polled: Polled<T>
  children(data: T): ReactNode
}) {
  if (data === null && !problem) return <Skeleton className="h-5 w-24" />
  return (
    <ValueOrReason value={data} reason={problem && explain(problem)}>
      {children}
    </ValueOrReason>
  )
}
