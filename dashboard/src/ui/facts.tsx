import type { ReactNode } from 'react'
import { cx } from './class-names.ts'

/** Names and values, in as many columns as fit. */
export function Facts({ children, className, isWide }: { children: ReactNode; className?: string; isWide?: boolean }) {
  const columns = isWide ? 'sm:grid-cols-2 xl:grid-cols-3' : 'grid-cols-[repeat(auto-fill,minmax(9rem,1fr))]'
  return <dl className={cx('grid gap-x-5 gap-y-3.5', columns, className)}>{children}</dl>
}

export function Fact({ name, children, className }: { name: string; children: ReactNode; className?: string }) {
  return (
    <div className={cx('flex min-w-0 flex-col items-start gap-0.5', className)}>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-sm font-medium tabular-nums">{children}</dd>
    </div>
  )
}
