import type { Readable } from 'node:stream'
import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

const text = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description }))

const before = text(80, 'Only older entries: the `next` of an answer, or a time (ISO-8601).')
const kinds = {
  since: text(40, 'Only entries since this time (ISO-8601).'),
  until: text(40, 'Only entries up to this time (ISO-8601).'),
  since_days: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 36_500, description: 'Only entries of the last days.' })
  ),
  priority: text(16, 'Only entries of this priority or above: 0 to 7, or `emergency` to `debug`.'),
  unit: text(256, 'Only entries of this systemd unit; `.service` is added to a name without a suffix.'),
  service: text(256, 'Alias of `unit`; `all` is no filter.'),
  identifier: text(256, 'Only entries of this syslog identifier.'),
  search: text(256, 'Only entries with this text in message, identifier or unit, case-insensitive.'),
  boot: Type.Optional(
    Type.Enum(['current'], { type: 'string', description: 'Only entries since the host was started.' })
  )
}
const filters = { before, ...kinds }
const LogFiltersSchema = Type.Object(filters)
export type LogFilters = Static<typeof LogFiltersSchema>

export const LogsQuerySchema = ClosedObject({
  ...filters,
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100_000,
      description: 'Defaults to 100, with `since_days` to 10,000; values above 10,000 count as 10,000.'
    })
  )
})
export type LogsQuery = Static<typeof LogsQuerySchema>

/** Filters of the counts; without a time, the last day is counted. */
export const LogCountsQuerySchema = ClosedObject(kinds)
export type LogCountsQuery = Static<typeof LogCountsQuerySchema>

export const LogDownloadQuerySchema = ClosedObject({
  ...filters,
  hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 876_000, description: 'Only entries of the last hours.' })),
  level: text(16, 'Alias of `priority`; `all` is no filter.'),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, description: 'Defaults to 10,000.' })),
  format: Type.Optional(
    Type.Enum(['text', 'json'], {
      type: 'string',
      description: 'Plain text, or one JSON object per line; defaults to `text`.'
    })
  )
})
export type LogDownloadQuery = Static<typeof LogDownloadQuerySchema>

const string = (description: string, example: string) => Type.String({ description, examples: [example] })

const LogEntrySchema = NamedObject('LogEntry', {
  timestamp: string('Time of the entry, ISO-8601 UTC.', '2025-06-01T11:59:58.204Z'),
  level: Nullable(string('`emergency` to `debug`; null if the source has no priorities.', 'warning')),
  priority: Nullable(Type.Integer({ description: 'The level as a number, 0 to 7.', examples: [4] })),
  service: string('The unit, else the identifier, else `system`.', 'ssh.service'),
  unit: Nullable(string('systemd unit.', 'ssh.service')),
  identifier: Nullable(string('Syslog identifier, else the program’s name.', 'sshd')),
  message: string(
    'At most 64 KiB; the text `(too long to be shown)` for a longer message that cannot be read.',
    'Connection closed by 192.0.2.7 port 40022'
  ),
  source: string('`journal`, or the path of the log file.', 'journal'),
  pid: Nullable(string('Process id.', '812')),
  hostname: Nullable(string('Host name.', 'pve1'))
})
export type LogEntry = Static<typeof LogEntrySchema>

export const LogsReplySchema = Type.Object({
  success: SuccessSchema,
  logs: Type.Array(LogEntrySchema, { description: 'Entries, newest first.' }),
  total: Type.Integer({ description: 'Number of entries in this answer.', examples: [1] }),
  source: Nullable(string('`journal`, or the log file if there is no journal; null if there is no log.', 'journal')),
  next: Nullable(
    string(
      'Value of `before` for the next page; null on the last page.',
      'j-3a31559fd3d540cbae3c12c66314379b-7cf-60a248f354f80'
    )
  ),
  complete: Type.Boolean({
    description:
      'False if the search hit its time or size limit: there may be more entries; `next` continues the search.',
    examples: [true]
  }),
  reason: Nullable(string('Why entries are missing.', 'reading took too long; `next` continues the search'))
})
export type LogsReply = Static<typeof LogsReplySchema>

const count = (description: string, example: number) => Type.Integer({ description, examples: [example] })
const LevelCountsSchema = Type.Object(
  {
    emergency: count('Priority 0.', 0),
    alert: count('Priority 1.', 0),
    critical: count('Priority 2.', 1),
    error: count('Priority 3.', 4),
    warning: count('Priority 4.', 12),
    notice: count('Priority 5.', 40),
    info: count('Priority 6.', 812),
    debug: count('Priority 7.', 3)
  },
  { description: 'Entries by level; null if the source has no priorities.' }
)
export type LevelCounts = Static<typeof LevelCountsSchema>

export const LogCountsReplySchema = Type.Object({
  success: SuccessSchema,
  counts: Nullable(LevelCountsSchema),
  without_priority: count('Entries without a priority.', 0),
  errors: Nullable(count('Entries of level `error` and above; null if the source has no priorities.', 5)),
  warnings: Nullable(count('Entries of level `warning`.', 12)),
  info: Nullable(count('Entries of level `notice` and below.', 855)),
  total: count('All counted entries.', 872),
  since: string('Entries from this time on are counted, ISO-8601 UTC.', '2025-05-31T12:00:00.000Z'),
  source: Nullable(string('`journal`, or the log file if there is no journal; null if there is no log.', 'journal')),
  complete: Type.Boolean({
    description: 'False if counting hit its time or size limit: only the newest entries, from `since` on, are counted.',
    examples: [true]
  }),
  reason: Nullable(
    string('Why entries or levels are missing.', 'reading took too long; entries before `since` are not counted')
  )
})
export type LogCountsReply = Static<typeof LogCountsReplySchema>

const file = (example: string) =>
  Type.Unsafe<Readable>({ type: 'string', description: 'One entry per line, newest first.', examples: [example] })
const textLine = '2025-06-01T11:59:58.204Z pve1 sshd[812]: Connection closed by 192.0.2.7 port 40022\n'
const jsonLine = '{"timestamp":"2025-06-01T11:59:58.204Z","service":"ssh.service","message":"Connection closed"}\n'
export const LogFileSchema = {
  description: 'The entries as a file. If it is truncated, the last line says so.',
  content: { 'text/plain': { schema: file(textLine) }, 'application/x-ndjson': { schema: file(jsonLine) } }
}
