import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

const size = Type.Integer({ minimum: 1, maximum: 1000 })
const id = Type.String({ minLength: 1, maxLength: 64 })
const position = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** The control messages of a client (docs/terminal-protocol.md), by their type. */
export const TerminalMessageSchemas = {
  open: Type.Object({
    type: Type.Literal('open'),
    cols: size,
    rows: size,
    target: Type.Optional(Type.String({ maxLength: 64 }))
  }),
  resume: Type.Object({
    type: Type.Literal('resume'),
    id,
    token: Type.Optional(Type.String({ maxLength: 64 })),
    received: Type.Optional(position),
    cols: size,
    rows: size
  }),
  watch: Type.Object({ type: Type.Literal('watch'), id }),
  resize: Type.Object({ type: Type.Literal('resize'), cols: size, rows: size }),
  ack: Type.Object({ type: Type.Literal('ack'), received: position }),
  ping: Type.Object({ type: Type.Literal('ping') }),
  end: Type.Object({ type: Type.Literal('end') })
}
export type TerminalMessage = {
  [Type in keyof typeof TerminalMessageSchemas]: Static<(typeof TerminalMessageSchemas)[Type]>
}[keyof typeof TerminalMessageSchemas]

export const TerminalQuerySchema = ClosedObject({
  ticket: Type.Optional(Type.String()),
  target: Type.Optional(Type.String({ pattern: '^(shell|lxc:[1-9][0-9]{2,8})$' }))
})

export const TerminalParamsSchema = ClosedObject({ id })

const time = (description: string) => Type.String({ description, examples: ['2026-04-24T14:32:11.000Z'] })

export const TerminalsReplySchema = Type.Object(
  {
    success: SuccessSchema,
    sessions: Type.Array(
      NamedObject('Terminal', {
        id: Type.String(),
        user: Nullable(Type.String({ description: 'The terminal’s user; null on a host without a password.' })),
        own: Type.Boolean(),
        target: Type.String({ description: '`shell`, or `lxc:<vmid>`.' }),
        created_at: time('When the terminal was opened.'),
        last_input_at: time('When input last arrived.'),
        cols: Type.Integer(),
        rows: Type.Integer(),
        attached: Type.Boolean({
          description: 'True while a client is connected; otherwise the terminal waits to be resumed.'
        }),
        watchers: Type.Integer(),
        address: Type.String({ description: 'The client address that uses it, or used it last.' })
      })
    )
  },
  {
    examples: [
      {
        success: true,
        sessions: [
          {
            id: 'dGVybWluYWwx',
            user: 'admin',
            own: true,
            target: 'shell',
            created_at: '2026-04-24T14:32:11.000Z',
            last_input_at: '2026-04-24T15:02:40.000Z',
            cols: 120,
            rows: 40,
            attached: true,
            watchers: 0,
            address: '192.0.2.10'
          }
        ]
      }
    ]
  }
)
