import { forbiddenText } from '../../data/forbidden-text.ts'
import type { PageProps } from '../../routes.ts'
import { useMay } from '../../session/use-session.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { lockIcon } from '../../ui/icon-shapes.ts'
import { Recording } from './recording.tsx'
import { Recordings } from './recordings.tsx'
import { Terminals } from './terminals.tsx'

/** The shells of this host and their recordings. */
export default function TerminalPage({ rest: [part, id] }: PageProps) {
  const mayWatch = useMay('terminal.watch')
  if (part !== 'recordings') return <Terminals />
  if (!mayWatch) {
    return (
      <Card>
        <EmptyState icon={lockIcon} title={t.pages.forbidden}>
          {forbiddenText(['terminal.watch'])}
        </EmptyState>
      </Card>
    )
  }
  return id ? <Recording key={id} id={id} /> : <Recordings />
}
