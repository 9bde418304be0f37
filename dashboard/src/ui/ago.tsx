import { formatAgo } from '../data/ago.ts'
import { formatDate } from '../data/format.ts'
import { hostNow } from '../data/host-clock.ts'

/** A relative time. The tooltip and the `datetime` attribute have the exact time. */
export function Ago({ time }: { time: string }) {
  return (
    <time dateTime={time} title={formatDate(time)} className="whitespace-nowrap">
      {formatAgo(time, hostNow())}
    </time>
  )
}
