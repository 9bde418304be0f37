import type { RawData, WebSocket } from 'ws'

/** What a protocol needs of a WebSocket. */
export type TerminalSocket = Pick<WebSocket, 'send' | 'close' | 'pause' | 'resume' | 'on'>

/** A message as one buffer, which is how `ws` gives it unless it is asked for something else. */
export const bytesOf = (data: RawData): Buffer => data as Buffer

/** The client closed on purpose: 1000, or a close frame without a code. A page that is left sends 1001. */
export const endsCleanly = (code: number): boolean => code === 1000 || code === 1005
