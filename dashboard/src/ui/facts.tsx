import type { ReactNode } from 'react'

/** Names with their values, in as many columns as fit. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-6 gap-y-3.5 sm:grid-cols-2 xl:grid-cols-3">{children}</dl>
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col items-start gap-0.5">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-sm font-medium">{children}</dd>
    </div>
  )
}
