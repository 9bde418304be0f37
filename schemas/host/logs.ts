import type { Readable } from 'node:stream'
import { type Static, Type } from '../../vendor/typebox.js'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'

const text = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description }))

const filters = {
  before: text(80, 'Only older ones: the `next` of an answer, or a time (ISO-8601).'),
  since: text(40, 'Only from this time on (ISO-8601).'),
  until: text(40, 'Only up to this time (ISO-8601).'),
  since_days: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 36_500, description: 'Only of the last so many days.' })
  ),
  priority: text(16, 'Only as grave as this or graver: 0 to 7, or `emergency` to `debug`.'),
  unit: text(256, 'Only of this unit of systemd; without a suffix, of this service.'),
  service: text(256, 'The same as `unit`.'),
  identifier: text(256, 'Only of this syslog identifier.'),
  search: text(256, 'Only with this text in message, identifier or unit, in any case.'),
  boot: Type.Optional(Type.Enum(['current'], { type: 'string', description: 'Only since the host was started.' }))
}
const LogFiltersSchema = Type.Object(filters)
export type LogFilters = Static<typeof LogFiltersSchema>

export const LogsQuerySchema = ClosedObject({
  ...filters,
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100_000, description: '100 unless told; more than 1000 are taken for 1000.' })
  )
})
export type LogsQuery = Static<typeof LogsQuerySchema>

export const LogDownloadQuerySchema = ClosedObject({
  ...filters,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, description: '10,000 unless told.' })),
  format: Type.Optional(
    Type.Enum(['text', 'json'], { type: 'string', description: 'A line of text each, or of JSON; `text` unless told.' })
  )
})
export type LogDownloadQuery = Static<typeof LogDownloadQuerySchema>

const string = (description: string, example: string) => Type.String({ description, examples: [example] })

const LogEntrySchema = Type.Object({
  timestamp: string('When it was written, ISO-8601 UTC.', '2025-06-01T11:59:58.204Z'),
  level: Nullable(string('`emergency` to `debug`; null where the source keeps none.', 'warning')),
  priority: Nullable(Type.Integer({ description: 'The same, 0 to 7.', examples: [4] })),
  service: string('Its unit, else its identifier, else `system`.', 'ssh.service'),
  unit: Nullable(string('Unit of systemd.', 'ssh.service')),
  identifier: Nullable(string('Syslog identifier, else the program’s name.', 'sshd')),
  message: string(
    'At most 64 KiB; in parentheses why it cannot be shown.',
    'Connection closed by 192.0.2.7 port 40022'
  ),
  source: string('`journal`, or the file it stands in.', 'journal'),
  pid: Nullable(string('Process id.', '812')),
  hostname: Nullable(string('Host.', 'pve1'))
})
export type LogEntry = Static<typeof LogEntrySchema>

export const LogsReplySchema = Type.Object({
  success: SuccessSchema,
  logs: Type.Array(LogEntrySchema, { description: 'The newest first.' }),
  total: Type.Integer({ description: 'How many these are.', examples: [1] }),
  source: Nullable(string('`journal`, or the file read where there is none; null where there is neither.', 'journal')),
  next: Nullable(
    string('`before` of the next page; null at the end.', 'j-3a31559fd3d540cbae3c12c66314379b-7cf-60a248f354f80')
  ),
  complete: Type.Boolean({
    description: 'False where the search was ended by its time or size: there may be more, which `next` goes on with.',
    examples: [true]
  }),
  reason: Nullable(string('What is missing and why.', 'the search took too long; `next` goes on with it'))
})
export type LogsReply = Static<typeof LogsReplySchema>

const FileSchema = Type.Unsafe<Readable>({ type: 'string', description: 'An entry a line, the newest first.' })
export const LogFileSchema = {
  description: 'The entries as a file. Where it was cut, its last line says so.',
  content: { 'text/plain': { schema: FileSchema }, 'application/x-ndjson': { schema: FileSchema } }
}
