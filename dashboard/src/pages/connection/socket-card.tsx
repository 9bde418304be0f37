import { explain } from '../../api/explain.ts'
import type { Problem } from '../../api/problem.ts'
import { texts } from '../../texts/connection.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { unplugIcon } from '../../ui/icon-shapes.ts'
import { CopyLine } from './copy-line.tsx'
import type { Outcome } from './probe.ts'

const UPGRADE_LINES = ['proxy_set_header Upgrade $http_upgrade;', 'proxy_set_header Connection "upgrade";']

export interface SocketCardProps {
  /** Null until there is one. */
  outcome: Outcome | null
  /** Why it was not tried. */
  problem: Problem | null
  /** Whether this host takes the page for another site's. */
  isForeign: boolean
  /** Null on a host without accounts, where nobody gets a ticket. */
  onTry: (() => void) | null
}

function describe({ outcome, problem, isForeign, onTry }: SocketCardProps): [tone: Tone, state: string, text: string] {
  if (!onTry) return ['neutral', texts.notTried, texts.notTriedText]
  if (problem) return ['warn', texts.notTried, explain(problem)]
  if (!outcome) return ['neutral', texts.trying, texts.tryingText]
  if ('ms' in outcome) return ['good', texts.works, texts.worksText(Math.max(1, Math.round(outcome.ms)))]
  if (outcome.failed === 'echo') return ['bad', texts.fails, texts.echoFails]
  return ['bad', texts.fails, isForeign ? texts.handshakeForeign : texts.handshakeFails]
}

/** Whether a WebSocket gets through, and what to add to a proxy that lets none. */
export function SocketCard(props: SocketCardProps) {
  const { outcome, problem, onTry } = props
  const [tone, state, text] = describe(props)
  const badge = (
    <Badge tone={tone} hasMark>
      {state}
    </Badge>
  )
  return (
    <Card title={texts.webSocket} icon={unplugIcon} aside={badge}>
      <p role="status" className="text-sm">
        {text}
      </p>
      {outcome &&
        'failed' in outcome &&
        UPGRADE_LINES.map((line) => <CopyLine key={line} text={line} about={texts.webSocket} />)}
      {onTry && (outcome || problem) && (
        <div>
          <Button size="small" onClick={onTry}>
            {texts.tryAgain}
          </Button>
        </div>
      )}
    </Card>
  )
}
