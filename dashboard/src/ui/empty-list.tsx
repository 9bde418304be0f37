import { asSentence } from '../api/explain.ts'
import { t } from '../texts/index.ts'
import { EmptyState, type EmptyStateProps } from './empty-state.tsx'
import { circleHelpIcon } from './icon-shapes.ts'

interface EmptyListProps extends EmptyStateProps {
  /** Why the host could not read the list, or not all of it; null if it read all. An unread list is unknown, not empty. */
  unread: string | null | undefined
}

/** A list without entries. */
export function EmptyList({ unread, ...empty }: EmptyListProps) {
  if (unread == null) return <EmptyState {...empty} />
  return (
    <EmptyState icon={circleHelpIcon} title={t.ui.notAvailable}>
      {asSentence(unread)}
    </EmptyState>
  )
}
