import { formatAgo } from '../data/ago.ts'
import { formatDate } from '../data/format.ts'
import { hostNow } from '../data/host-clock.ts'

/** A time as one speaks of it; exactly in its tip and for programs. */
export function Ago({ time }: { time: string }) {
  return (
    <time dateTime={time} title={formatDate(time)} className="whitespace-nowrap">
      {formatAgo(time, hostNow())}
    </time>
  )
}
