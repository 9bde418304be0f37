import type { EndReason } from './protocol.ts'

export type Purpose =
  | { kind: 'open'; target: string }
  /** Takes over a terminal that was opened elsewhere, or here before the page was reloaded. */
  | { kind: 'resume'; id: string }
  | { kind: 'watch'; id: string }

export type TerminalState =
  | { kind: 'opening' }
  | { kind: 'live' }
  /** `until`: when the host ends it, as milliseconds since the epoch. */
  | { kind: 'lost'; until: number }
  | { kind: 'taken' }
  | { kind: 'exited'; code: number | null; signal: string | null }
  | { kind: 'ended'; why: EndReason; detail: string; error?: unknown }

/** How it was to come back: bytes of output that never came, and whether a paste was cut off. */
export interface Reconnection {
  gone: number
  /** The page was empty, so all that the host remembers was shown. */
  isFresh: boolean
  isPasteCut: boolean
}
