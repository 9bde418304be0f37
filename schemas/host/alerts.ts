import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

export const alertKinds = ['health', 'login', 'lockout', 'ban', 'second_factor', 'token', 'change_reverted'] as const
export type AlertKind = (typeof alertKinds)[number]

export const channelTypes = ['smtp', 'ntfy', 'gotify', 'discord', 'telegram', 'webhook'] as const
export type ChannelType = (typeof channelTypes)[number]

const KindSchema = Type.Enum([...alertKinds], { type: 'string', title: 'AlertKind', examples: ['health'] })
const TypeSchema = Type.Enum([...channelTypes], { type: 'string', title: 'AlertChannelType', examples: ['ntfy'] })
export const SeveritySchema = Type.Enum(['warning', 'critical'], {
  type: 'string',
  title: 'AlertSeverity',
  description: 'Turning off two-factor authentication is critical; all other security events are warnings.',
  examples: ['warning']
})
export type AlertSeverity = Static<typeof SeveritySchema>

const name = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^(?=.*[^\\s\\u200b-\\u200f\\u2060\\ufeff])[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]*$',
  description: '1 to 64 characters, no control characters. No two channels have the same name.',
  examples: ['Phone']
})
const kinds = Type.Array(KindSchema, {
  minItems: 1,
  maxItems: alertKinds.length,
  uniqueItems: true,
  description: 'The kinds of events that the channel receives.'
})
const time = (example: string) => Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', examples: [example] })
/** In the host's time zone. An end before the start is on the next day. */
const quietHours = { from: time('22:00'), to: time('07:00') }
const quietHoursOptions = {
  type: ['object', 'null'],
  title: 'AlertQuietHoursOrNull',
  description: 'In the time zone of the host. Warnings wait until the end; critical events are sent at once.'
}
export interface QuietHours {
  from: string
  to: string
}

// A channel needs the fields of its type; lib/alerts/channel-settings.ts has the rules of each field.
const text = (maxLength: number, description: string, example: string) =>
  Type.String({ maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$', description, examples: [example] })
const settings = {
  url: text(
    2048,
    'ntfy, gotify: the address of the server. discord, webhook: the address of the webhook, which is a secret.',
    'https://ntfy.example.com'
  ),
  topic: text(64, 'ntfy. A secret: everyone who knows it can read the messages of a public server.', 'host-7Fq3'),
  token: text(
    256,
    'ntfy: an access token, if the server asks for one. gotify: the application token. telegram: the bot token.',
    'tk_3fq7'
  ),
  chat_id: text(64, 'telegram: the number of the chat, or the @name of a channel.', '123456789'),
  secret: text(
    256,
    'webhook: `whsec_` and the Base64 of 24 to 64 bytes, by which messages are signed.',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  ),
  host: text(253, 'smtp: the name or address of the server.', 'mail.example.com'),
  port: Type.Integer({ minimum: 1, maximum: 65_535, description: 'smtp.', examples: [587] }),
  security: Type.Enum(['starttls', 'tls', 'none'], {
    type: 'string',
    title: 'SmtpSecurity',
    description: 'smtp: `none` sends without encryption, and takes no password.',
    examples: ['starttls']
  }),
  username: text(254, 'smtp: with `password`.', 'monitor@example.com'),
  password: text(512, 'smtp.', 'secret'),
  from: text(254, 'smtp: the address of the sender.', 'monitor@example.com'),
  to: Type.Array(text(254, 'smtp: the address of a recipient.', 'admin@example.com'), { minItems: 1, maxItems: 10 })
}
type SettingName = keyof typeof settings
const settingNames = Object.keys(settings) as SettingName[]
const orNull = (schema: object) => Type.Unsafe({ ...schema, type: [(schema as { type: string }).type, 'null'] })

export type ChannelSettings = { [name in SettingName]?: Static<(typeof settings)[name]> }
/** Null removes a setting. */
export type ChannelSettingsChanges = { [name in SettingName]?: Static<(typeof settings)[name]> | null }

const NewSettingsSchema = Type.Unsafe<ChannelSettings>(
  Type.Object(Object.fromEntries(settingNames.map((name) => [name, Type.Optional(settings[name])])), {
    additionalProperties: false,
    title: 'NewAlertChannelSettings',
    description: 'The fields of the type.',
    examples: [{ url: 'https://ntfy.example.com', topic: 'host-7Fq3' }]
  })
)
const SettingsChangesSchema = Type.Unsafe<ChannelSettingsChanges>(
  Type.Object(Object.fromEntries(settingNames.map((name) => [name, Type.Optional(orNull(settings[name]))])), {
    additionalProperties: false,
    title: 'AlertChannelSettingsChanges',
    description: 'Absent fields stay, null removes a field.',
    examples: [{ topic: 'host-9Kw2' }]
  })
)

export const NewChannelBodySchema = ClosedObject({
  name,
  type: TypeSchema,
  settings: NewSettingsSchema,
  is_enabled: Type.Optional(Type.Boolean()),
  min_severity: Type.Optional(SeveritySchema),
  kinds: Type.Optional(kinds),
  quiet_hours: Type.Optional(
    Type.Unsafe<QuietHours | null>({
      ...ClosedObject(quietHours),
      ...quietHoursOptions,
      examples: [{ from: '22:00', to: '07:00' }]
    })
  )
})
export type NewChannelBody = Static<typeof NewChannelBodySchema>

export const ChannelChangesBodySchema = ClosedObject(
  {
    name: Type.Optional(name),
    settings: Type.Optional(SettingsChangesSchema),
    is_enabled: NewChannelBodySchema.properties.is_enabled,
    min_severity: NewChannelBodySchema.properties.min_severity,
    kinds: NewChannelBodySchema.properties.kinds,
    quiet_hours: NewChannelBodySchema.properties.quiet_hours
  },
  { minProperties: 1 }
)
export type ChannelChangesBody = Static<typeof ChannelChangesBodySchema>

/** alerts.json in the configuration folder, mode 0600. It holds the secrets of the channels. */
export const AlertsFileSchema = Type.Object({
  channels: Type.Optional(
    Type.Array(
      Type.Object({
        id: Type.String({ pattern: '^[0-9a-f]{16}$' }),
        name,
        type: TypeSchema,
        settings: Type.Unsafe<ChannelSettings>(
          Type.Object(Object.fromEntries(settingNames.map((name) => [name, Type.Optional(settings[name])])))
        ),
        is_enabled: Type.Boolean(),
        min_severity: SeveritySchema,
        kinds,
        quiet_hours: Type.Unsafe<QuietHours | null>({ ...Type.Object(quietHours), type: ['object', 'null'] }),
        /** The owner chose the destination, so that it may be a loopback or link-local address. */
        allows_local: Type.Boolean()
      }),
      { maxItems: 20 }
    )
  )
})
export type AlertsFile = Static<typeof AlertsFileSchema>
export type Channel = NonNullable<AlertsFile['channels']>[number]

export const ChannelSchema = NamedObject('AlertChannel', {
  id: Type.String(),
  name: Type.String(),
  type: TypeSchema,
  target: Type.String({ description: 'Where messages go, without secrets.' }),
  settings: NamedObject('AlertChannelSettings', {
    url: Nullable(Type.String({ description: 'Null where it is a secret.' })),
    host: Nullable(Type.String()),
    port: Nullable(Type.Integer()),
    security: Nullable(Type.String()),
    username: Nullable(Type.String()),
    from: Nullable(Type.String()),
    to: Type.Array(Type.String()),
    chat_id: Nullable(Type.String())
  }),
  secrets: Type.Array(Type.String(), {
    description: 'The names of the secrets that are set. No answer contains them.'
  }),
  is_enabled: Type.Boolean(),
  min_severity: SeveritySchema,
  kinds: Type.Array(KindSchema),
  quiet_hours: Nullable(NamedObject('AlertQuietHours', { from: Type.String(), to: Type.String() })),
  state: NamedObject('AlertChannelState', {
    is_failing: Type.Boolean({ description: 'The last two attempts failed. Health shows it too.' }),
    last_success_at: Nullable(Type.String()),
    last_failure_at: Nullable(Type.String()),
    last_failure: Nullable(Type.String({ description: 'Why the last failed attempt failed.' })),
    next_attempt_at: Nullable(Type.String({ description: 'When a failed delivery is retried.' })),
    waiting: Type.Integer({ description: 'Messages that wait for their delivery.' })
  })
})
export type ChannelDescription = Static<typeof ChannelSchema>

const exampleChannel: ChannelDescription = {
  id: '3f2a91c04be7d815',
  name: 'Phone',
  type: 'ntfy',
  target: 'https://ntfy.example.com',
  settings: {
    url: 'https://ntfy.example.com',
    host: null,
    port: null,
    security: null,
    username: null,
    from: null,
    to: [],
    chat_id: null
  },
  secrets: ['topic', 'token'],
  is_enabled: true,
  min_severity: 'warning',
  kinds: ['health', 'login', 'lockout'],
  quiet_hours: { from: '22:00', to: '07:00' },
  state: {
    is_failing: false,
    last_success_at: '2026-04-24T14:32:11.000Z',
    last_failure_at: null,
    last_failure: null,
    next_attempt_at: null,
    waiting: 0
  }
}

export const ChannelsReplySchema = Type.Object(
  { success: SuccessSchema, channels: Type.Array(ChannelSchema) },
  { examples: [{ success: true, channels: [exampleChannel] }] }
)
export const ChannelReplySchema = NamedObject(
  'AlertChannelReply',
  { success: SuccessSchema, channel: ChannelSchema },
  { examples: [{ success: true, channel: exampleChannel }] }
)
export const ChannelParamsSchema = ClosedObject({
  id: Type.String({ pattern: '^[0-9a-f]{16}$', description: 'The id of the channel.', examples: ['3f2a91c04be7d815'] })
})
