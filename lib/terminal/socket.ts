import type { RawData, WebSocket } from 'ws'
import { MAX_BUFFERED } from './limits.ts'

/** The part of a WebSocket that the protocols use. */
export type TerminalSocket = Pick<WebSocket, 'send' | 'close' | 'terminate' | 'on' | 'bufferedAmount'>

/**
 * Sends an answer. Answers have no back-pressure: a client that keeps asking without reading would fill the daemon's
 * memory, so its connection is terminated.
 */
export function answer(socket: TerminalSocket, message: object): void {
  if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate()
  else socket.send(JSON.stringify(message))
}

/** A message as one buffer, the default of `ws`. */
export const bytesOf = (data: RawData): Buffer => data as Buffer

/** True if the client closed on purpose: code 1000, or a close frame without a code. A page that is left sends 1001. */
export const endsCleanly = (code: number): boolean => code === 1000 || code === 1005
