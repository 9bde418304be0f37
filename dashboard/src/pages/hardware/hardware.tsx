import { useState } from 'react'
import { api } from '../../api/client.ts'
import { usePoll } from '../../data/use-poll.ts'
import { SampleNote } from '../../parts/sample.tsx'
import { texts } from '../../texts/hardware.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { Devices } from './devices.tsx'
import { Gpus } from './gpus.tsx'
import { Machine } from './machine.tsx'
import { Missing } from './missing.tsx'
import { isIncomplete } from './parts.ts'
import { PowerSupplies, UpsCards } from './power.tsx'
import { Sensors } from './sensors.tsx'

const EVERY_MS = 10_000
/** The programs that the first request starts end within some seconds. */
const INCOMPLETE_EVERY_MS = 3000

const load = (signal: AbortSignal) => api.get('/api/hardware', { signal })

/** The hardware of this host. A part that it does not have takes one line, not a card. */
export default function HardwarePage() {
  const [isWaiting, setWaiting] = useState(true)
  const polled = usePoll(load, isWaiting ? INCOMPLETE_EVERY_MS : EVERY_MS)
  const { data } = polled
  if (isWaiting && data && !isIncomplete(data)) setWaiting(false)
  return (
    <Page title={t.nav.hardware} lead={texts.lead} actions={<Freshness polled={polled} />}>
      <PollProblem polled={polled} />
      {!data && !polled.problem && (
        <Card>
          <Loading lines={8} />
        </Card>
      )}
      {data && (
        <>
          <SampleNote age={data} />
          {isWaiting && (
            <p role="status" className="text-sm text-muted">
              {texts.reading}
            </p>
          )}
          <Machine hardware={data} />
          <Sensors hardware={data} />
          <Gpus hardware={data} />
          <UpsCards hardware={data} />
          <PowerSupplies hardware={data} />
          <Devices hardware={data} />
          <Missing hardware={data} />
        </>
      )}
    </Page>
  )
}
