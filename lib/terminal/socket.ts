import type { RawData, WebSocket } from 'ws'
import { MAX_UNREAD } from './limits.ts'

/** What a protocol needs of a WebSocket. */
export type TerminalSocket = Pick<WebSocket, 'send' | 'close' | 'terminate' | 'on' | 'bufferedAmount'>

/**
 * Sends an answer. Output waits for its client, answers do not: who asks again and again and reads none of them would
 * fill the daemon's memory, so its connection ends.
 */
export function answer(socket: TerminalSocket, message: object): void {
  if (socket.bufferedAmount > MAX_UNREAD) socket.terminate()
  else socket.send(JSON.stringify(message))
}

/** A message as one buffer, which is how `ws` gives it unless it is asked for something else. */
export const bytesOf = (data: RawData): Buffer => data as Buffer

/** The client closed on purpose: 1000, or a close frame without a code. A page that is left sends 1001. */
export const endsCleanly = (code: number): boolean => code === 1000 || code === 1005
