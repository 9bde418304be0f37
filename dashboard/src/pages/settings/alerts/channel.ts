import type { Body, Reply } from '../../../api/paths.ts'

export type Channel = Reply<'/api/alerts/channels'>['channels'][number]
export type ChannelType = Channel['type']
export type Kind = Channel['kinds'][number]
export type NewChannel = Body<'/api/alerts/channels', 'post'>
export type Settings = NewChannel['settings']
export type SettingName = keyof Settings

export const channelTypes: readonly ChannelType[] = ['ntfy', 'gotify', 'smtp', 'telegram', 'discord', 'webhook']
export const kinds: readonly Kind[] = ['health', 'login', 'lockout', 'ban', 'second_factor', 'token', 'change_reverted']

/** The fields of each type, in the order of the form. */
const fields: Record<ChannelType, readonly SettingName[]> = {
  ntfy: ['url', 'topic', 'token'],
  gotify: ['url', 'token'],
  discord: ['url'],
  telegram: ['token', 'chat_id'],
  webhook: ['url', 'secret'],
  smtp: ['host', 'port', 'security', 'username', 'password', 'from', 'to']
}

/** What the user typed, all of it as text. */
export interface Draft {
  name: string
  type: ChannelType
  settings: { [name in SettingName]: string }
  /** The stored access token of ntfy is to be removed. */
  removesToken: boolean
  severity: Channel['min_severity']
  kinds: readonly Kind[]
  isQuiet: boolean
  from: string
  to: string
}

export function draftOf(channel: Channel | null): Draft {
  const { url, host, port, security, username, from, to, chat_id } = channel?.settings ?? {}
  return {
    name: channel?.name ?? '',
    type: channel?.type ?? 'ntfy',
    settings: {
      url: url ?? '',
      topic: '',
      token: '',
      chat_id: chat_id ?? '',
      secret: '',
      host: host ?? '',
      port: String(port ?? 587),
      security: security ?? 'starttls',
      username: username ?? '',
      password: '',
      from: from ?? '',
      to: to?.join(', ') ?? ''
    },
    removesToken: false,
    severity: channel?.min_severity ?? 'warning',
    kinds: channel?.kinds ?? kinds,
    isQuiet: (channel?.quiet_hours ?? null) !== null,
    from: channel?.quiet_hours?.from ?? '22:00',
    to: channel?.quiet_hours?.to ?? '07:00'
  }
}

const isOptional = (type: ChannelType, name: SettingName): boolean =>
  (type === 'ntfy' && name === 'token') || name === 'username' || name === 'password'

/** The required fields that are empty. A stored secret may stay. */
export const missingIn = ({ type, settings }: Draft, secrets: readonly string[]): SettingName[] =>
  fields[type].filter((name) => settings[name].trim() === '' && !isOptional(type, name) && !secrets.includes(name))

function settingOf(name: SettingName, text: string) {
  if (name === 'port') return Number(text)
  if (name === 'to')
    return text
      .split(',')
      .map((address) => address.trim())
      .filter(Boolean)
  return name === 'password' ? text : text.trim()
}

/** The settings that the draft has, without empty fields. */
export const settingsOf = ({ type, settings }: Draft): Settings =>
  Object.fromEntries(
    fields[type].filter((name) => settings[name].trim() !== '').map((name) => [name, settingOf(name, settings[name])])
  ) as Settings

/** The settings that differ from the channel's. Secrets are sent only if they were typed. */
export function changedSettings(draft: Draft, channel: Channel) {
  const before = draftOf(channel).settings
  const changed = fields[draft.type].filter((name) => draft.settings[name] !== before[name])
  const changes = Object.fromEntries(
    changed.map((name) => [name, draft.settings[name].trim() === '' ? null : settingOf(name, draft.settings[name])])
  )
  // A login without a name has no password.
  if (changes.username === null) changes.password = null
  if (draft.removesToken && !changes.token) changes.token = null
  return changes
}

export const rulesOf = (draft: Draft) => ({
  name: draft.name.trim(),
  min_severity: draft.severity,
  kinds: kinds.filter((kind) => draft.kinds.includes(kind)),
  quiet_hours: draft.isQuiet ? { from: draft.from, to: draft.to } : null
})

/** A signing secret of 32 random bytes. */
export function generateSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return `whsec_${btoa(String.fromCharCode(...bytes))}`
}
