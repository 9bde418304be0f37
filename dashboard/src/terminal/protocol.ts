/** Constants of docs/terminal-protocol.md. */
export const SUBPROTOCOL = 'terminal.v1'

/** A paste is sent in pieces of this many bytes. */
export const PIECE_BYTES = 65_536
/** Half of the minimum that the protocol requires. */
export const ACKNOWLEDGE_BYTES = 32_768
/** The default until the server sends how long it keeps a disconnected terminal. */
export const RESUME_SECONDS = 60

/**
 * The close code for a disconnect that keeps the terminal running. Code 1000 or no code would end the terminal, and
 * browsers permit no other code below 3000.
 */
export const CLOSE_KEEP_RUNNING = 4000

/** The fields of a server control message that this client reads. */
export interface ServerMessage {
  type: string
  id?: string
  token?: string
  position?: number
  live?: number
  cols?: number
  rows?: number
  resume_seconds?: number
  full?: boolean
  code?: number | string | null
  signal?: string | null
}

/** Parses a control message; null if invalid. */
export function readMessage(text: string): ServerMessage | null {
  try {
    const message: unknown = JSON.parse(text)
    return typeof (message as ServerMessage | null)?.type === 'string' ? (message as ServerMessage) : null
  } catch {
    return null
  }
}

/** Why a terminal cannot continue. */
export type EndReason =
  /** The daemon shuts down, which ends the terminal. */
  | 'shutdown'
  /** This client violated the protocol; `detail` has the reason. */
  | 'rule'
  /** Too many terminals; `detail` names the limit. */
  | 'limit'
  /** The session, the user or the permission was revoked. */
  | 'access'
  /** Ended by another client or by the idle timeout. */
  | 'ended'
  /** The terminal no longer exists. */
  | 'gone'
  /** The target is not available on this host; `detail` has the reason. */
  | 'target'
  /** Requests reach the host, but WebSockets do not. */
  | 'no-socket'
  /** The host refused a ticket; `error` has the reason. */
  | 'refused'

/** The meaning of a close code: a reason to stop, a takeover by another client, or a broken connection. */
export function meaningOf(code: number): EndReason | 'taken' | 'broken' {
  switch (code) {
    case 1000:
      return 'ended'
    case 1001:
      return 'shutdown'
    case 1003:
    case 1007:
    case 1008:
    case 1009:
      return 'rule'
    case 1013:
      return 'limit'
    case 4001:
      return 'taken'
    case 4002:
      return 'access'
    case 4003:
      return 'ended'
    case 4004:
      return 'gone'
    case 4005:
      return 'target'
    default:
      return 'broken'
  }
}

/**
 * Whether the data is an automatic reply of the emulator to a query: cursor position, attributes, status, modes,
 * colours. Shift+F3 is the only key with the same form.
 */
export const isEmulatorReply = (data: string): boolean =>
  /^\x1b(?:\[[?>=]?[\d;]*(?:[Rcnt]|\$y)|[P\]][^\x07\x1b]*(?:\x07|\x1b\\))/.test(data)
