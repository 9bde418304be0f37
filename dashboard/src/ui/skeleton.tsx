import { t } from '../texts/index.ts'
import { cx } from './class-names.ts'

/** The place of what is on its way. `className` gives its size. */
export function Skeleton({ className = 'h-5 w-full' }: { className?: string }) {
  return <span aria-hidden="true" className={cx('block animate-pulse rounded-md bg-raised', className)} />
}

/** A card's worth of it, said once to who listens. */
export function Loading({ lines = 3 }: { lines?: number }) {
  return (
    <div role="status" className="flex flex-col gap-2.5">
      <span className="sr-only">{t.ui.loading}</span>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <Skeleton key={i} className={cx('h-4', i % 3 === 2 ? 'w-3/5' : 'w-full')} />
      ))}
    </div>
  )
}
