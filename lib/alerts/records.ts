import type { AlertSeverity } from '../../schemas/host/alerts.ts'
import type { CheckState } from './health-lines.ts'
import type { Letter, Line } from './types.ts'

/** A message, from when it is written until it is removed from the history. */
export interface Message extends Letter {
  /** Consecutive number from 1. */
  id: number
  channelId: string
  /** The name of the channel when the message was written. */
  channel: string
  state: 'waiting' | 'delivered' | 'given_up' | 'dropped'
  attempts: number
  status: number | null
  reason: string | null
  /** Milliseconds since the epoch; null while it waits. */
  finishedAt: number | null
}

/** A security event that waits for its message. */
export interface PendingLine extends Line {
  severity: AlertSeverity
}

/** What is remembered of a channel. Times in milliseconds since the epoch, 0 for never. */
export interface ChannelRecord {
  /** The rules under which `checks` was kept. */
  rules: string
  pending: PendingLine[]
  /** Events that did not fit into `pending`. */
  more: number
  checks: Record<string, CheckState>
  /** When an event that can last was last told, by its key. */
  told: Record<string, number>
  /** Failed attempts in a row. */
  failures: number
  /** No attempt before this time. */
  retryAt: number
  lastSuccessAt: number
  lastFailureAt: number
  lastFailure: string | null
}

export const emptyRecord = (): ChannelRecord => ({
  rules: '',
  pending: [],
  more: 0,
  checks: {},
  told: {},
  failures: 0,
  retryAt: 0,
  lastSuccessAt: 0,
  lastFailureAt: 0,
  lastFailure: null
})

/** Messages and channel records, in memory and saved to alerts.sqlite (lib/storage/alert-store.ts). */
export interface AlertRecords {
  /** The record of a channel; changes of it are saved after `touch`. */
  recordOf(channelId: string): ChannelRecord
  touch(channelId: string): void
  forget(channelId: string): void
  /** Oldest first. */
  messages(): readonly Message[]
  add(message: Omit<Message, 'id'>): Message
  /** Stores changed fields of a message. */
  change(message: Message, changes: Partial<Message>): void
  hasChanges(): boolean
  /** Writes what has changed. Never rejects; what cannot be written now is written later. */
  save(): Promise<void>
}
