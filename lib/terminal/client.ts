import type { Exit } from './pty.ts'

/** The server's control messages (docs/terminal-protocol.md). */
export type ServerMessage =
  | (TerminalFacts & { type: 'opened' | 'resumed'; token: string })
  | (TerminalFacts & { type: 'watching' })
  | { type: 'resized'; cols: number; rows: number }
  | { type: 'input'; full: boolean }
  | { type: 'pong' }
  | ({ type: 'exit' } & Exit)
  | { type: 'error'; code: 'VALIDATION'; message: string }

export interface TerminalFacts {
  id: string
  /** Position of the next byte. */
  position: number
  /** Position of the first byte that no writer has acknowledged; earlier bytes are a replay. */
  live: number
  cols: number
  rows: number
  replay_bytes: number
  resume_seconds: number
}

/** One connection to a terminal. */
export interface Client {
  /** True if the client sends acknowledgements; otherwise flushed bytes count as consumed. */
  readonly acknowledges: boolean
  output(bytes: Buffer, flushed: () => void): void
  control(message: ServerMessage): void
  close(code: number, reason: string): void
}

export const CLOSE = {
  normal: 1000,
  goingAway: 1001,
  unsupported: 1003,
  rule: 1008,
  tooMany: 1013,
  takenOver: 4001,
  accessGone: 4002,
  ended: 4003,
  unknown: 4004,
  target: 4005
} as const
