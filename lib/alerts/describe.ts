import type { Static } from 'typebox'
import type { AlertHistoryReplySchema } from '../../schemas/host/alert-messages.ts'
import type { Channel, ChannelDescription, ChannelSettings } from '../../schemas/host/alerts.ts'
import { hostOf, isSecret } from './channel-settings.ts'
import { isFailing } from './delivery.ts'
import { type ChannelRecord, emptyRecord, type Message } from './records.ts'

const isoTime = (at: number): string => new Date(at).toISOString()
const timeOf = (at: number | null): string | null => (at === null || at === 0 ? null : isoTime(at))

function targetOf({ type, settings }: Channel): string {
  const { url, port, chat_id, to = [] } = settings
  if (type === 'smtp') return `${to.join(', ')} (${hostOf(type, settings)}:${port})`
  if (type === 'telegram') return chat_id!
  return type === 'discord' ? 'https://discord.com' : new URL(url!).origin
}

/** A channel without its secrets. */
export function describeChannel(
  channel: Channel,
  record: Readonly<ChannelRecord> = emptyRecord(),
  waiting = 0
): ChannelDescription {
  const { type, settings } = channel
  const names = Object.keys(settings) as (keyof ChannelSettings)[]
  const { host = null, port = null, security = null, username = null, from = null, to = [], chat_id = null } = settings
  const url = isSecret(type, 'url') ? null : (settings.url ?? null)
  return {
    id: channel.id,
    name: channel.name,
    type,
    target: targetOf(channel),
    settings: { url, host, port, security, username, from, to, chat_id },
    secrets: names.filter((name) => isSecret(type, name)),
    is_enabled: channel.is_enabled,
    min_severity: channel.min_severity,
    kinds: channel.kinds,
    quiet_hours: channel.quiet_hours,
    state: {
      is_failing: isFailing(record),
      last_success_at: timeOf(record.lastSuccessAt),
      last_failure_at: timeOf(record.lastFailureAt),
      last_failure: record.lastFailure,
      next_attempt_at: waiting > 0 ? timeOf(record.retryAt) : null,
      waiting
    }
  }
}

export const describeHistory = (
  messages: readonly Message[],
  limit: number
): Omit<Static<typeof AlertHistoryReplySchema>, 'success'> => ({
  messages: messages.slice(0, limit).map((message) => ({
    id: message.id,
    time: isoTime(message.at),
    channel_id: message.channelId,
    channel: message.channel,
    is_test: message.isTest,
    severity: message.severity,
    title: message.title,
    lines: [...message.lines.map(({ text }) => text), ...(message.more > 0 ? [`and ${message.more} more`] : [])],
    state: message.state,
    attempts: message.attempts,
    status: message.status,
    reason: message.reason,
    finished_at: timeOf(message.finishedAt)
  })),
  next_before: messages.length > limit ? messages[limit - 1]!.id : null
})
