import { type ReactNode, useId } from 'react'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { Shape } from './icon-shapes.ts'

export interface CardProps {
  title?: string
  icon?: Shape
  /** Shown to the right of the title. */
  aside?: ReactNode
  className?: string
  children: ReactNode
}

/** A section of a page. Its title is a second-level heading and its accessible name. */
export function Card({ title, icon, aside, className, children }: CardProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={cx('flex min-w-0 flex-col gap-3 rounded-xl border bg-surface p-4 shadow-card sm:p-5', className)}
    >
      {title && (
        <div className="flex min-h-6 items-center justify-between gap-3">
          <h2 id={id} className="flex items-center gap-2 text-sm font-semibold">
            {icon && <Icon shape={icon} className="text-muted" />}
            {title}
          </h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  )
}
