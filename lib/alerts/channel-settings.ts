import { isIP } from 'node:net'
import type { ChannelSettings, ChannelSettingsChanges, ChannelType } from '../../schemas/host/alerts.ts'
import { faultOfAddress } from './address-rule.ts'
import { parseHttpUrl } from './channel-urls.ts'

export const SECRET_PREFIX = 'whsec_'

type Name = keyof ChannelSettings
export interface Fault {
  field: Name
  message: string
}

/** The fields of each type. */
const needed: Record<ChannelType, readonly Name[]> = {
  smtp: ['host', 'port', 'security', 'from', 'to'],
  ntfy: ['url', 'topic'],
  gotify: ['url', 'token'],
  discord: ['url'],
  telegram: ['token', 'chat_id'],
  webhook: ['url', 'secret']
}
const optional: Partial<Record<ChannelType, readonly Name[]>> = { smtp: ['username', 'password'], ntfy: ['token'] }
const always: readonly Name[] = ['password', 'token', 'topic', 'secret']

/** Whether an answer must not contain a field. The address of a webhook is a secret in itself. */
export const isSecret = (type: ChannelType, name: Name): boolean =>
  always.includes(name) || (name === 'url' && (type === 'discord' || type === 'webhook'))

const EMAIL = /^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+$/
const faultOfEmail = (text: string) => (EMAIL.test(text) ? null : 'must be an email address')

function faultOfUrl(type: ChannelType, text: string): string | null {
  const url = parseHttpUrl(text)
  if (typeof url === 'string') return url
  if (type === 'webhook') return null
  if (url.search !== '') return 'must not contain a query (?)'
  if (type !== 'discord') return null
  const isDiscord = url.protocol === 'https:' && /^(\w+\.)?discord(app)?\.com$/.test(url.host)
  return isDiscord && /^\/api\/(v\d+\/)?webhooks\/\d+\/[\w-]+$/.test(url.pathname)
    ? null
    : 'must be the address of a webhook of Discord: https://discord.com/api/webhooks/…'
}

function faultOfSecret(text: string): string | null {
  const base64 = text.slice(SECRET_PREFIX.length)
  const bytes = Buffer.from(base64, 'base64')
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
  const fits = text.startsWith(SECRET_PREFIX) && isBase64 && bytes.length >= 24 && bytes.length <= 64
  return fits ? null : 'must be whsec_ and the Base64 of 24 to 64 bytes'
}

/** Visible ASCII only: it becomes a header or a part of an address. */
const faultOfToken = (type: ChannelType, text: string): string | null => {
  if (type === 'telegram')
    return /^\d+:[\w-]{20,}$/.test(text) ? null : 'must be the token of a bot: digits, a colon, letters'
  return /^[\x21-\x7e]+$/.test(text) ? null : 'must be visible characters without spaces'
}

const checks: { [name in Name]: (value: NonNullable<ChannelSettings[name]>, type: ChannelType) => string | null } = {
  url: (text, type) => faultOfUrl(type, text),
  topic: (text) => (/^[-\w]{1,64}$/.test(text) ? null : 'must be 1 to 64 letters, digits, hyphens and underscores'),
  token: (text, type) => faultOfToken(type, text),
  chat_id: (text) => (/^(-?\d{1,20}|@\w{5,32})$/.test(text) ? null : 'must be a number, or the @name of a channel'),
  secret: faultOfSecret,
  host: (text) =>
    isIP(text) !== 0 || /^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*[\p{L}\p{N}_.])?$/u.test(text)
      ? null
      : 'must be a name or an IP address',
  port: () => null,
  security: () => null,
  username: (text) => (text === '' ? 'must not be empty' : null),
  password: (text) => (text === '' ? 'must not be empty' : null),
  from: faultOfEmail,
  to: (texts) => texts.map(faultOfEmail).find((fault) => fault !== null) ?? null
}

/** The first fault of the settings of a channel; null for none. */
export function faultOfSettings(type: ChannelType, settings: ChannelSettings): Fault | null {
  const known = [...needed[type], ...(optional[type] ?? [])]
  for (const field of Object.keys(settings) as Name[])
    if (!known.includes(field)) return { field, message: `is not a setting of ${type}` }
  for (const field of needed[type])
    if (settings[field] === undefined) return { field, message: `is required for ${type}` }
  for (const field of known) {
    const value = settings[field]
    const check = checks[field] as (value: unknown, type: ChannelType) => string | null
    const message = value === undefined ? null : check(value, type)
    if (message !== null) return { field, message }
  }
  if (type !== 'smtp') return null
  const { username, password, security } = settings
  if ((username === undefined) !== (password === undefined))
    return { field: username === undefined ? 'username' : 'password', message: 'username and password need each other' }
  if (password !== undefined && security === 'none')
    return { field: 'security', message: 'none would send the password in the clear; use starttls or tls' }
  return null
}

/** The stored settings with changes; null removes a field. */
export function withChanges(stored: ChannelSettings, changes: ChannelSettingsChanges): ChannelSettings {
  const entries = Object.entries({ ...stored, ...changes }).filter(([, value]) => value !== null)
  return Object.fromEntries(entries) as ChannelSettings
}

/** The host name that the settings lead to; null for services with a fixed address. */
export function hostOf(type: ChannelType, { url, host }: ChannelSettings): string | null {
  if (type === 'discord' || type === 'telegram') return null
  return type === 'smtp' ? host! : new URL(url!).hostname.replace(/^\[|\]$/g, '')
}

/** Whether the address rule refuses what the settings name. Other names are checked at each connection. */
export function faultOfDestination(type: ChannelType, settings: ChannelSettings, allowsLocal: boolean): string | null {
  const host = hostOf(type, settings)
  if (host === null) return null
  if (isIP(host) !== 0) return faultOfAddress(host, allowsLocal)
  return /(^|\.)localhost\.?$/i.test(host) ? faultOfAddress('127.0.0.1', allowsLocal) : null
}

/** Whether a change leads messages to another place. */
export const movesDestination = (before: ChannelSettings, after: ChannelSettings): boolean =>
  before.url !== after.url || before.host !== after.host || before.port !== after.port
