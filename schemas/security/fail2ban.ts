import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'

const count = (description: string, example: number) =>
  Nullable(Type.Integer({ description: `${description}; null when there is no list.`, examples: [example] }))

export const Fail2banDetailsReplySchema = Type.Object({
  success: SuccessSchema,
  installed: Type.Boolean({ description: 'Whether fail2ban’s client program is there.', examples: [true] }),
  state: Type.Enum(['ok', 'absent', 'no_jail', 'unreachable'], {
    type: 'string',
    description:
      'What came of the last question: an answer, no program, no such jail, or none. While it is not `ok` the last list stays in force, for an hour at most.',
    examples: ['ok']
  }),
  reason: Nullable(
    Type.String({ description: 'Why the state is not ok.', examples: ['the fail2ban server is not running'] })
  ),
  jail: Type.String({ description: 'The jail that is asked.', examples: ['proxmenux'] }),
  checked_at: Nullable(
    Type.String({
      description: 'When fail2ban gave this list, ISO-8601 UTC; null when there is none.',
      examples: ['2026-04-24T14:32:11.000Z']
    })
  ),
  currently_failed: count('Addresses with failures that are not enough for a ban', 1),
  total_failed: count('Failures since the jail was started', 12),
  currently_banned: count('Entries that are banned', 1),
  total_banned: count('Bans since the jail was started', 3),
  banned: Type.Array(
    Type.Object({ ip: Type.String({ description: 'An address, or a CIDR somebody banned by hand.' }) }),
    { description: 'Whom the daemon refuses.', examples: [[{ ip: '192.0.2.10' }]] }
  ),
  settings: Nullable(
    Type.Object(
      {
        maxretry: Nullable(Type.Integer({ description: 'Failures for a ban.', examples: [3] })),
        findtime: Nullable(Type.Integer({ description: 'Seconds within which they count.', examples: [600] })),
        bantime: Nullable(Type.Integer({ description: 'Seconds a ban lasts; negative for good.', examples: [3600] }))
      },
      { description: 'The jail’s own settings, read every hour; null when they are not known.' }
    )
  )
})
export type Fail2banDetailsReply = Static<typeof Fail2banDetailsReplySchema>

export const UnbanBodySchema = ClosedObject({
  ip: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'The address in any spelling, or a CIDR as it stands in the list.',
    examples: ['192.0.2.10']
  })
})
