import { randomUUID } from 'node:crypto'
import type { Channel } from '../../schemas/host/alerts.ts'
import type { AuditEntry } from '../audit/line.ts'
import type { Health } from '../health/monitor.ts'
import { applyRules, collect, compose, followChecks, waiting } from './collect.ts'
import { createDelivery, isFailing } from './delivery.ts'
import { checksByName } from './health-lines.ts'
import type { AlertRecords, ChannelRecord, Message } from './records.ts'
import { securityEventOf } from './security-events.ts'
import type { Send } from './send.ts'
import type { Letter, Outcome } from './types.ts'

export interface AlertsOptions {
  records: AlertRecords
  send: Send
  /** The channels as they are now. */
  channels: () => readonly Channel[]
  /** The name of this host in messages. */
  host: () => string
  /** Milliseconds since the epoch. */
  now: () => number
  onTrouble: (channel: Channel, reason: string | null) => void
}

/** How long after a start measurements are incomplete. */
const SETTLE_MS = 600_000
const HOUR_MS = 3_600_000

/** Turns events into messages and delivers them (decision 38). All calls return at once. */
export function createAlerts({ records, send, channels, host, now, onTrouble }: AlertsOptions) {
  const delivery = createDelivery({ records, send, now, onTrouble })
  const startedAt = now()
  let health: Health | null = null

  const isSettled = (at: number) => at - startedAt >= SETTLE_MS || at < startedAt
  const recentOf = (channelId: string, at: number): number =>
    records.messages().filter((each) => each.channelId === channelId && !each.isTest && at - each.at < HOUR_MS).length

  function tickChannel(channel: Channel, checks: ReturnType<typeof checksByName>, at: number): void {
    const record = records.recordOf(channel.id)
    if (applyRules(channel, record, checks, at)) {
      if (!channel.is_enabled) delivery.drop(channel.id, 'the channel was turned off')
      records.touch(channel.id)
    }
    if (!channel.is_enabled) return
    const settled = isSettled(at)
    if (health !== null && followChecks(channel, record, checks, at, settled)) records.touch(channel.id)
    const recent = recentOf(channel.id, at)
    const content = compose(channel, record, checks, {
      now: at,
      host: host(),
      isSettled: settled && health !== null,
      recent
    })
    if (content) {
      records.add(waiting(channel, content, at))
      records.touch(channel.id)
    }
    delivery.tick(channel)
  }

  return {
    /** A security event. Only notes it. */
    happened(entry: AuditEntry): void {
      const event = securityEventOf(entry)
      if (event === null) return
      for (const channel of channels())
        if (channel.is_enabled && collect(channel, records.recordOf(channel.id), event, now()))
          records.touch(channel.id)
    },

    /** The latest health of the host. Only notes it. */
    observe(latest: Health): void {
      health = latest
    },

    /** Writes due messages and starts due deliveries. Called every second. */
    tick(): void {
      const at = now()
      const checks = checksByName(health)
      for (const channel of channels()) tickChannel(channel, checks, at)
      if (records.hasChanges()) void records.save()
    },

    /** Sends a test message at once. */
    async test(channel: Channel, signal: AbortSignal): Promise<Outcome> {
      const at = now()
      const letter: Letter = {
        uuid: randomUUID(),
        at,
        host: host(),
        isTest: true,
        severity: 'warning',
        title: `${host()}: Test of the channel ${channel.name}`,
        lines: [],
        more: 0
      }
      const outcome = await send(channel, letter, signal)
      const { isDelivered, status, reason } = outcome
      const state = isDelivered ? 'delivered' : 'given_up'
      const sent = { channelId: channel.id, channel: channel.name, attempts: 1, status, reason, finishedAt: now() }
      records.add({ ...letter, ...sent, state })
      // A failed test says nothing of the queue; a success says that waiting messages can go.
      if (isDelivered) delivery.note(channel, outcome)
      await records.save()
      return outcome
    },

    /** A changed channel is tried again at once. */
    changed(channelId: string): void {
      delivery.interrupt(channelId)
      Object.assign(records.recordOf(channelId), { failures: 0, retryAt: 0 })
      records.touch(channelId)
    },

    removed(channelId: string): void {
      delivery.drop(channelId, 'the channel was removed')
      records.forget(channelId)
      void records.save()
    },

    recordOf: (channelId: string): Readonly<ChannelRecord> => records.recordOf(channelId),
    waitingOf: (channelId: string): number => delivery.waitingOf(channelId).length,
    /** Channels that cannot deliver, with the reason. */
    failing: (): { id: string; name: string; reason: string }[] =>
      channels()
        .filter((channel) => channel.is_enabled && isFailing(records.recordOf(channel.id)))
        .map(({ id, name }) => ({ id, name, reason: records.recordOf(id).lastFailure ?? 'unknown' })),
    /** Newest first. */
    history: (limit: number, before = Number.POSITIVE_INFINITY): Message[] =>
      records
        .messages()
        .filter(({ id }) => id < before)
        .toReversed()
        .slice(0, limit),

    async close(): Promise<void> {
      await delivery.close()
      await records.save()
    }
  }
}
export type Alerts = ReturnType<typeof createAlerts>
