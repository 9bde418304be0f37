import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { Shape } from './icon-shapes.ts'

export interface EmptyStateProps {
  icon: Shape
  title: string
  /** Why the list is empty, or what to do. */
  children?: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-8 text-center">
      <span className="flex size-11 items-center justify-center rounded-full bg-raised text-muted">
        <Icon shape={icon} />
      </span>
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-md text-sm text-muted">{children}</div>}
      {action}
    </div>
  )
}
