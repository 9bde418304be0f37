import { texts } from '../../../texts/gateway.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { waypointsIcon } from '../../../ui/icon-shapes.ts'

/** What the gateway gives, on a host without one. `onSetUp` is undefined for a user who cannot change anything. */
export function IntroCard({ onSetUp }: { onSetUp?: (() => void) | undefined }) {
  const words = texts.intro
  const action = onSetUp && (
    <Button look="primary" onClick={onSetUp}>
      {words.setUp}
    </Button>
  )
  return (
    <Card title={texts.title} icon={waypointsIcon} aside={<Badge>{texts.states.not_installed}</Badge>}>
      <EmptyState icon={waypointsIcon} title={words.title} action={action}>
        <div className="flex flex-col gap-2">
          <p>{words.text}</p>
          <p>{words.made}</p>
          <p>{words.needed}</p>
        </div>
      </EmptyState>
    </Card>
  )
}
