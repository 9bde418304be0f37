import type { Readable } from 'node:stream'
import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

export const RecordingParamsSchema = ClosedObject({
  id: Type.String({
    pattern: '^[A-Za-z0-9_-]{16,64}$',
    description: 'The terminal’s id.',
    examples: ['0Zr3Rk6cQm2nV8yXbT1wLA']
  })
})

const RecordingSchema = NamedObject('Recording', {
  id: Type.String({ description: 'The terminal’s id. The audit event `terminal_opened` begins its target with it.' }),
  user: Type.String({ description: 'The terminal’s user.' }),
  target: Type.String({ description: '`shell` or `lxc:<vmid>`.' }),
  address: Type.String({ description: 'The client address that opened it.' }),
  started_at: Type.String(),
  ended_at: Nullable(Type.String({ description: 'Null while the terminal is open.' })),
  seconds: Type.Number({ description: 'Length of the recording so far.' }),
  bytes: Type.Integer({ description: 'Size of the file so far.' })
})
export type RecordingReply = Static<typeof RecordingSchema>

export const RecordingsReplySchema = Type.Object(
  { success: SuccessSchema, recordings: Type.Array(RecordingSchema) },
  {
    examples: [
      {
        success: true,
        recordings: [
          {
            id: '0Zr3Rk6cQm2nV8yXbT1wLA',
            user: 'admin',
            target: 'shell',
            address: '192.0.2.10',
            started_at: '2026-04-24T14:32:11.000Z',
            ended_at: '2026-04-24T14:40:00.500Z',
            seconds: 469.5,
            bytes: 48213
          }
        ]
      }
    ]
  }
)

const CastSchema = Type.Unsafe<Readable>({
  type: 'string',
  description: 'The header line, then one event per line.',
  examples: ['{"version":2,"width":80,"height":24,"timestamp":1777041131}\n[0.25,"o","# "]\n']
})
export const RecordingFileSchema = {
  description: 'An asciicast, version 2. `asciinema play` plays it.',
  content: { 'application/x-asciicast': { schema: CastSchema } }
}
