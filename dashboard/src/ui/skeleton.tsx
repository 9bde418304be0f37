import { t } from '../texts/index.ts'
import { cx } from './class-names.ts'

/** A placeholder during loading. `className` sets its size. */
export function Skeleton({ className = 'h-5 w-full' }: { className?: string }) {
  return <span aria-hidden="true" className={cx('block animate-pulse rounded-md bg-raised', className)} />
}

/** Placeholder lines for a card, announced once to screen readers. */
export function Loading({ lines = 3 }: { lines?: number }) {
  return (
    <div role="status" className="flex flex-col gap-2.5">
      <span className="sr-only">{t.ui.loading}</span>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are identical
        <Skeleton key={i} className={cx('h-4', i % 3 === 2 ? 'w-3/5' : 'w-full')} />
      ))}
    </div>
  )
}
