import { formatDate, formatEntryTime } from '../../data/format.ts'
import { t } from '../../texts/index.ts'
import { lookUp } from '../../texts/look-up.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { Entry } from './use-logs.ts'

const toneOf = (priority: number | null): Tone =>
  priority === null || priority > 4 ? 'neutral' : priority === 4 ? 'warn' : 'bad'

/** Log entries, newest first: time, level, unit and message. */
export function EntryList({ entries }: { entries: readonly Entry[] }) {
  return (
    <ol aria-label={t.logs.entries} className="divide-y text-sm">
      {entries.map((entry, i) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a host may write the same twice in a microsecond
          key={`${entry.timestamp}-${i}`}
          className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 py-2 md:grid-cols-[9rem_5.5rem_11rem_minmax(0,1fr)]"
        >
          <time
            dateTime={entry.timestamp}
            title={formatDate(entry.timestamp)}
            className="text-xs leading-5 whitespace-nowrap text-muted tabular-nums"
          >
            {formatEntryTime(entry.timestamp)}
          </time>
          <span>
            <Badge tone={toneOf(entry.priority)} hasMark={entry.priority !== null && entry.priority <= 4}>
              {entry.level === null ? t.logs.noLevel : (lookUp(t.logs.levelNames, entry.level) ?? entry.level)}
            </Badge>
          </span>
          <span
            translate="no"
            className="truncate text-xs leading-5 text-muted max-md:col-span-2"
            title={entry.service}
          >
            {entry.identifier ?? entry.service}
            {entry.pid && `[${entry.pid}]`}
          </span>
          <span translate="no" className="font-mono text-xs leading-5 whitespace-pre-wrap max-md:col-span-2">
            {entry.message}
          </span>
        </li>
      ))}
    </ol>
  )
}
