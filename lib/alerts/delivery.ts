import type { Channel } from '../../schemas/host/alerts.ts'
import type { AlertRecords, ChannelRecord, Message } from './records.ts'
import type { Send } from './send.ts'
import type { Outcome } from './types.ts'

const FIRST_GAP_MS = 30_000
const MAX_GAP_MS = 3_600_000
const GIVE_UP_MS = 24 * 3_600_000
/** Messages that may wait for one channel. */
const MAX_WAITING = 100
/** Statuses that can refuse a single message: then, after some attempts, the others go first. */
const REFUSALS: ReadonlySet<number | null> = new Set([400, 413, 422, 552, 554])
const ATTEMPTS_IN_ORDER = 5
/** Failed attempts in a row after which a channel counts as failing. */
const FAILING_AFTER = 2
/** Milliseconds that running deliveries get at the shutdown. */
const CLOSE_MS = 1500

/** Milliseconds until the next attempt: half a minute, doubled up to an hour. */
export const gapAfter = (failures: number): number => Math.min(FIRST_GAP_MS * 2 ** (failures - 1), MAX_GAP_MS)

export const isFailing = ({ failures }: Pick<ChannelRecord, 'failures'>): boolean => failures >= FAILING_AFTER

export interface DeliveryOptions {
  records: AlertRecords
  send: Send
  /** Milliseconds since the epoch. */
  now: () => number
  /** Called when a channel starts to fail, and with null when it works again. */
  onTrouble: (channel: Channel, reason: string | null) => void
}

/** Delivers waiting messages, for each channel one at a time, so that a channel that hangs delays no other. */
export function createDelivery({ records, send, now, onTrouble }: DeliveryOptions) {
  const running = new Map<string, { attempt: Promise<void>; end: AbortController }>()
  let isClosing = false

  const waitingOf = (channelId: string): Message[] =>
    records.messages().filter((message) => message.channelId === channelId && message.state === 'waiting')

  const finish = (message: Message, state: 'delivered' | 'given_up' | 'dropped', changes: Partial<Message> = {}) =>
    records.change(message, { ...changes, state, finishedAt: now() })

  /** Notes the result of an attempt in the record of the channel. */
  const note = (channel: Channel, { isDelivered, reason }: Outcome): void => {
    const record = records.recordOf(channel.id)
    const wasFailing = isFailing(record)
    if (isDelivered) Object.assign(record, { failures: 0, retryAt: 0, lastSuccessAt: now() })
    else {
      record.failures++
      Object.assign(record, { retryAt: now() + gapAfter(record.failures), lastFailureAt: now(), lastFailure: reason })
    }
    records.touch(channel.id)
    if (wasFailing !== isFailing(record)) onTrouble(channel, isDelivered ? null : reason)
  }

  const attempt = async (channel: Channel, message: Message, signal: AbortSignal): Promise<void> => {
    try {
      const outcome = await send(channel, message, signal)
      const { isDelivered, status, reason } = outcome
      const result = { attempts: message.attempts + 1, status, reason }
      // Dropped meanwhile, with its channel.
      if (message.state !== 'waiting') return
      note(channel, outcome)
      if (isDelivered) finish(message, 'delivered', result)
      else records.change(message, result)
      await records.save()
    } catch (error) {
      // Ended by a change of the channel or the shutdown: it counts as not tried.
      if (!signal.aborted) throw error
    } finally {
      running.delete(channel.id)
    }
  }

  const next = (messages: readonly Message[]): Message | undefined => {
    const turn = ({ attempts, status }: Message) =>
      REFUSALS.has(status) ? Math.floor(attempts / ATTEMPTS_IN_ORDER) : 0
    return messages.toSorted((a, b) => turn(a) - turn(b) || a.id - b.id)[0]
  }

  return {
    note,
    waitingOf,

    /** Starts the next attempt of a channel if it is due. */
    tick(channel: Channel): void {
      const waiting = waitingOf(channel.id)
      for (const message of waiting.slice(0, Math.max(0, waiting.length - MAX_WAITING)))
        finish(message, 'dropped', { reason: 'too many messages waited' })
      if (running.has(channel.id) || isClosing) return
      const at = now()
      for (const message of waiting) {
        // The clock may have been set back.
        if (message.at > at) records.change(message, { at })
        else if (message.state === 'waiting' && at - message.at >= GIVE_UP_MS) finish(message, 'given_up')
      }
      const message = next(waiting.filter(({ state }) => state === 'waiting'))
      const { retryAt } = records.recordOf(channel.id)
      if (!message || (at < retryAt && retryAt - at <= MAX_GAP_MS)) return
      const end = new AbortController()
      running.set(channel.id, { attempt: attempt(channel, message, end.signal), end })
    },

    /** Ends a running attempt, because the channel has changed. */
    interrupt: (channelId: string): void => running.get(channelId)?.end.abort(),

    /** Ends what waits for a channel that was removed or turned off. */
    drop(channelId: string, reason: string): void {
      running.get(channelId)?.end.abort()
      for (const message of waitingOf(channelId)) finish(message, 'dropped', { reason })
    },

    /** Gives running deliveries a moment, then ends them. They stay in the queue. */
    async close(): Promise<void> {
      isClosing = true
      let timer: NodeJS.Timeout | undefined
      const timedOut = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, CLOSE_MS)
      })
      const attempts = [...running.values()]
      const ended = Promise.all(attempts.map(({ attempt }) => attempt))
      await Promise.race([ended, timedOut])
      clearTimeout(timer)
      for (const { end } of attempts) end.abort()
      await ended
    }
  }
}
export type Delivery = ReturnType<typeof createDelivery>
