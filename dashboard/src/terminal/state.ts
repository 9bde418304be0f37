import type { EndReason } from './protocol.ts'

export type Purpose =
  | { kind: 'open'; target: string }
  /** Takes over a terminal from another client, or from this page before a reload. */
  | { kind: 'resume'; id: string }
  | { kind: 'watch'; id: string }

export type TerminalState =
  | { kind: 'opening' }
  | { kind: 'live' }
  /** `until`: when the host ends the terminal, in milliseconds since the epoch. */
  | { kind: 'lost'; until: number }
  | { kind: 'taken' }
  | { kind: 'exited'; code: number | null; signal: string | null }
  | { kind: 'ended'; why: EndReason; detail: string; error?: unknown }

/** The result of a reconnect: bytes of lost output, and whether a paste was interrupted. */
export interface Reconnection {
  lostBytes: number
  /** The emulator was empty, so the host's whole replay buffer was shown. */
  isFresh: boolean
  isPasteCut: boolean
}
