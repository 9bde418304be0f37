import { formatAgo } from '../data/ago.ts'
import { formatDate } from '../data/format.ts'

/** A time as one speaks of it; exactly in its tip and for programs. */
export function Ago({ time }: { time: string }) {
  return (
    <time dateTime={time} title={formatDate(time)} className="whitespace-nowrap">
      {formatAgo(time, Date.now())}
    </time>
  )
}
