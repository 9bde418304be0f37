/** The part of a WebSocket that a terminal uses. */
export interface TerminalSocket {
  send(data: string | Uint8Array<ArrayBuffer>): void
  close(code: number): void
  /** Bytes still buffered by the browser. */
  buffered(): number
}

export interface SocketEvents {
  opened(): void
  text(text: string): void
  bytes(bytes: Uint8Array<ArrayBuffer>): void
  /** Called once; 1006 if no close code was received. */
  closed(code: number, reason: string): void
}

export function openSocket(url: string, protocols: string[], events: SocketEvents): TerminalSocket {
  const socket = new WebSocket(url, protocols)
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => events.opened()
  socket.onmessage = ({ data }: { data: unknown }) => {
    if (typeof data === 'string') events.text(data)
    else events.bytes(new Uint8Array(data as ArrayBuffer))
  }
  socket.onclose = ({ code, reason }: { code: number; reason: string }) => events.closed(code, reason)
  return {
    send: (data) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(data)
    },
    close: (code) => socket.close(code),
    buffered: () => socket.bufferedAmount
  }
}
