import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

/** A ticket for one WebSocket handshake. */
export const TicketReplySchema = NamedObject(
  'TicketReply',
  {
    success: SuccessSchema,
    ticket: Type.String({
      description: 'Valid for one handshake: as the subprotocol `ticket.<value>`, or as the query parameter `ticket`.'
    }),
    ttl_seconds: Type.Integer()
  },
  { examples: [{ success: true, ticket: '3q2-7w…', ttl_seconds: 5 }] }
)

export const ConnectionQuerySchema = ClosedObject({
  page: Type.Optional(
    Type.String({
      maxLength: 2048,
      description:
        'Origin and base path of the page as the browser sees it. Without it, browser and daemon are not compared.',
      examples: ['https://monitor.example.com/monitor/']
    })
  )
})

const header = () => Type.Optional(Type.String({ description: 'The header as received, cut at 512 characters.' }))

export const ProblemSchema = NamedObject('ConnectionProblem', {
  code: Type.String({ description: 'Stable code for programs.' }),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('info')]),
  message: Type.String({ description: 'The problem, its consequence and the next step.' }),
  fix: Nullable(
    Type.String({ description: 'One configuration line that fixes the problem; null if no fix is needed.' })
  )
})
export type Problem = Static<typeof ProblemSchema>

export const HopSchema = NamedObject('ConnectionHop', {
  address: Type.String({ description: 'The address in canonical form; an invalid element as received.' }),
  trusted: Type.Boolean(),
  why: Type.String({ description: 'The rule that decided whether this hop is trusted.' })
})
export type Hop = Static<typeof HopSchema>

export const ConnectionReplySchema = Type.Object(
  {
    success: SuccessSchema,
    peer: Type.String({ description: 'The address of the TCP peer.' }),
    forwarded: NamedObject('ForwardingHeaders', {
      'x-forwarded-for': header(),
      'x-real-ip': header(),
      'x-forwarded-proto': header(),
      'x-forwarded-host': header(),
      'x-forwarded-prefix': header(),
      forwarded: header(),
      via: header()
    }),
    hops: Type.Array(HopSchema, { description: 'From the peer outwards; at most 40.' }),
    client_address: Type.String({ description: 'The client address that log, limits, lockout and bans use.' }),
    scheme: Type.Union([Type.Literal('http'), Type.Literal('https')]),
    host: Type.String(),
    prefix: Type.String({ description: 'The base path sent by a trusted proxy; empty without a base path.' }),
    encrypted: Type.Boolean({ description: 'True if the connection to this daemon uses TLS.' }),
    tls: Nullable(Type.Object({ protocol: Type.String(), cipher: Type.String() })),
    http_version: Type.String(),
    websocket: NamedObject('WebSocketProbe', {
      path: Type.String({ description: 'A path to test a WebSocket with.' })
    }),
    problems: Type.Array(ProblemSchema, { description: 'Worst first.' })
  },
  {
    examples: [
      {
        success: true,
        peer: '192.168.1.5',
        forwarded: { 'x-forwarded-for': '198.51.100.7', 'x-forwarded-proto': 'https' },
        hops: [
          { address: '192.168.1.5', trusted: true, why: 'settings.json: 192.168.1.5' },
          { address: '198.51.100.7', trusted: false, why: 'not trusted' }
        ],
        client_address: '198.51.100.7',
        scheme: 'https',
        host: 'monitor.example.com',
        prefix: '',
        encrypted: false,
        tls: null,
        http_version: '1.1',
        websocket: { path: '/ws/connection' },
        problems: []
      }
    ]
  }
)
export type ConnectionReply = Static<typeof ConnectionReplySchema>
