import type { ReactNode } from 'react'
import { cx } from './class-names.ts'

/** Names and what belongs to them, in as many columns as there is room for. */
export function Facts({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl className={cx('grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-5 gap-y-3.5', className)}>
      {children}
    </dl>
  )
}

export function Fact({ name, children, className }: { name: string; children: ReactNode; className?: string }) {
  return (
    <div className={cx('flex min-w-0 flex-col gap-0.5', className)}>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-sm font-medium tabular-nums">{children}</dd>
    </div>
  )
}
