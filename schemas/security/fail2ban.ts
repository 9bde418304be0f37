import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

const count = (description: string, example: number) =>
  Nullable(Type.Integer({ description: `${description}; null if no list is available.`, examples: [example] }))

const setting = (description: string, example: string) =>
  Nullable(Type.String({ description: `${description}, as text; null if unknown.`, examples: [example] }))

const counts = {
  currently_failed: count('Addresses with too few failures for a ban', 1),
  total_failed: count('Failures since the start of the jail', 12),
  currently_banned: count('Banned addresses and CIDRs', 1),
  total_banned: count('Bans since the start of the jail', 3)
}

export const Fail2banDetailsReplySchema = Type.Object({
  success: SuccessSchema,
  installed: Type.Boolean({ description: 'True if fail2ban-client is installed.', examples: [true] }),
  state: Type.Enum(['ok', 'absent', 'no_jail', 'unreachable'], {
    type: 'string',
    description:
      'Result of the last query: `ok`, `absent` (not installed), `no_jail` (no such jail) or `unreachable`. While it is not `ok`, the last list stays in force, for an hour at most.',
    examples: ['ok']
  }),
  reason: Nullable(
    Type.String({ description: 'Why the state is not `ok`.', examples: ['the fail2ban server is not running'] })
  ),
  jail: Type.String({ description: 'The monitored jail.', examples: ['proxmenux'] }),
  checked_at: Nullable(
    Type.String({
      description: 'When the list was read, ISO-8601 UTC; null if no list is available.',
      examples: ['2026-04-24T14:32:11.000Z']
    })
  ),
  ...counts,
  banned: Type.Array(
    NamedObject('BannedAddress', {
      ip: Type.String({ description: 'An address, or a CIDR that was banned by hand.' })
    }),
    { description: 'Addresses whose requests the daemon rejects.', examples: [[{ ip: '192.0.2.10' }]] }
  ),
  settings: Nullable(
    NamedObject(
      'JailSettings',
      {
        maxretry: Nullable(Type.Integer({ description: 'Failures that cause a ban.', examples: [3] })),
        findtime: Nullable(
          Type.Integer({ description: 'Seconds within which failures are counted.', examples: [600] })
        ),
        bantime: Nullable(
          Type.Integer({ description: 'Duration of a ban in seconds; negative: permanent.', examples: [3600] })
        )
      },
      { description: 'The settings of the jail, read every hour; null if they are unknown.' }
    )
  ),
  active: Type.Boolean({ description: 'True if the state is `ok`.', examples: [true] }),
  version: Nullable(
    Type.String({ description: 'Version of fail2ban, read every hour; null if unknown.', examples: ['1.1.0'] })
  ),
  jails: Type.Array(
    NamedObject('Jail', {
      name: Type.String({ examples: ['proxmenux'] }),
      ...counts,
      banned_ips: Type.Array(
        NamedObject('JailAddress', {
          ip: Type.String({ examples: ['192.0.2.10'] }),
          type: Type.Enum(['local', 'external', 'unknown'], {
            type: 'string',
            description: '`local` for a private address or one of this machine.',
            examples: ['external']
          })
        })
      ),
      findtime: setting('Seconds within which failures are counted', '600'),
      bantime: setting('Duration of a ban in seconds, negative: permanent', '3600'),
      maxretry: setting('Failures that cause a ban', '3')
    }),
    { description: 'The monitored jail in the names of the Monitor; empty if no list is available.' }
  )
})
export type Fail2banDetailsReply = Static<typeof Fail2banDetailsReplySchema>

export const UnbanBodySchema = ClosedObject({
  ip: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'An address or CIDR from the list, in any spelling.',
    examples: ['192.0.2.10']
  }),
  jail: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'The monitored jail, as clients of the Monitor send it; no other jail is accepted.',
      examples: ['proxmenux']
    })
  )
})
