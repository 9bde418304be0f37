import type { AlertKind, AlertSeverity } from '../../schemas/host/alerts.ts'

/** What happened to a problem; `event` for security events, which have no end. */
export type LineState = 'event' | 'begin' | 'worse' | 'better' | 'end' | 'still'

/** One event in a message. */
export interface Line {
  /** Milliseconds since the epoch. */
  at: number
  kind: AlertKind
  severity: AlertSeverity
  state: LineState
  /** The health check; null for security events. */
  check: string | null
  text: string
}

/** What is sent to a channel. */
export interface Content {
  /** The name of this host. */
  host: string
  isTest: boolean
  severity: AlertSeverity
  title: string
  lines: Line[]
  /** Events that did not fit. */
  more: number
}

/** A message with the fields that its delivery needs. */
export interface Letter extends Content {
  /** Unique; the same in each attempt. */
  uuid: string
  /** Milliseconds since the epoch. */
  at: number
}

/** The result of an attempt. `reason` never contains text of the answer, a secret or a path. */
export interface Outcome {
  isDelivered: boolean
  /** The status of the answer: HTTP's or SMTP's. */
  status: number | null
  reason: string | null
}
