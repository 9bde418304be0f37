/** What docs/terminal-protocol.md fixes. */
export const SUBPROTOCOL = 'terminal.v1'

/** A paste goes in pieces of this many bytes. */
export const PIECE_BYTES = 65_536
/** Half of what the protocol asks for at least. */
export const ACKNOWLEDGE_BYTES = 32_768
/** Until the server says how long it keeps a terminal that nobody is connected to. */
export const RESUME_SECONDS = 60

/**
 * How a connection of ours is given up while its terminal shall go on: 1000, or none, would end it, and a page may send
 * no other of the codes below 3000.
 */
export const LEFT = 4000

/** A control message of the server: the fields this client reads. */
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

/** Null for what is none. */
export function readMessage(text: string): ServerMessage | null {
  try {
    const message: unknown = JSON.parse(text)
    return typeof (message as ServerMessage | null)?.type === 'string' ? (message as ServerMessage) : null
  } catch {
    return null
  }
}

/** Why a terminal cannot be gone on with. */
export type EndReason =
  /** The daemon shuts down, and the terminal with it. */
  | 'shutdown'
  /** This client broke a rule; `detail` says which. */
  | 'rule'
  /** Too many terminals; `detail` says which limit. */
  | 'limit'
  /** Session, user or permission are gone. */
  | 'access'
  /** Ended from elsewhere, or by its idle limit. */
  | 'ended'
  /** There is no such terminal any more. */
  | 'gone'
  /** The target cannot be had here; `detail` says why. */
  | 'target'
  /** The way there is open to requests, but not to WebSockets. */
  | 'no-socket'
  /** No ticket was given; `error` says why. */
  | 'refused'

/** What a close code means: a reason to stop, that somebody else has it now, or nothing but a broken connection. */
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
 * What an emulator says by itself when a program asks it something: cursor position, attributes, status, modes, colours.
 * Of all keys Shift+F3 alone looks like that.
 */
export const isAnswer = (data: string): boolean =>
  /^\x1b(?:\[[?>=]?[\d;]*(?:[Rcnt]|\$y)|[P\]][^\x07\x1b]*(?:\x07|\x1b\\))/.test(data)
