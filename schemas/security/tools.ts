import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ageProperties, ReasonsSchema } from '../host/age.ts'

export const otherToolNames = ['aide', 'auditd', 'chkrootkit', 'clamav', 'crowdsec', 'rkhunter'] as const
export type OtherTool = (typeof otherToolNames)[number]

const installed = Type.Boolean({ description: 'Its program exists on this host.', examples: [true] })
const version = Nullable(Type.String({ description: 'Version of the installed tool.', examples: ['1.1.0'] }))
const OtherToolSchema = Type.Object({ installed })

const ToolsSchema = Type.Object({
  fail2ban: Type.Object({
    installed,
    active: Nullable(
      Type.Boolean({
        description: 'Its server answered the last query; null before the first answer.',
        examples: [true]
      })
    ),
    version,
    jails: Type.Array(Type.String(), {
      description: 'The jail that the daemon monitors, if it exists.',
      examples: [['proxmenux']]
    }),
    banned_ips_count: Nullable(
      Type.Integer({ description: 'Addresses and CIDRs that are banned in this jail.', examples: [1] })
    ),
    reasons: ReasonsSchema
  }),
  lynis: Type.Object({
    installed,
    version,
    last_scan: Nullable(
      Type.String({ description: 'Start of the last audit, ISO-8601 UTC.', examples: ['2025-06-01T02:15:00.000Z'] })
    ),
    hardening_index: Nullable(Type.Integer({ description: 'Result of the last audit, 0 to 100.', examples: [67] })),
    reasons: ReasonsSchema
  }),
  aide: OtherToolSchema,
  auditd: OtherToolSchema,
  chkrootkit: OtherToolSchema,
  clamav: OtherToolSchema,
  crowdsec: OtherToolSchema,
  rkhunter: OtherToolSchema
})
export type SecurityTools = Static<typeof ToolsSchema>

export const SecurityToolsReplySchema = Type.Object({
  success: SuccessSchema,
  ...ageProperties,
  tools: ToolsSchema
})
export type SecurityToolsReply = Static<typeof SecurityToolsReplySchema>
