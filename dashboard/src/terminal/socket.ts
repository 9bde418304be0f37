/** One WebSocket, as far as a terminal needs it. */
export interface Link {
  send(data: string | Uint8Array<ArrayBuffer>): void
  close(code: number): void
  /** Bytes that have not left yet. */
  buffered(): number
}

export interface LinkEvents {
  opened(): void
  text(text: string): void
  bytes(bytes: Uint8Array<ArrayBuffer>): void
  /** Once, however it ended; 1006 where nobody said. */
  closed(code: number, reason: string): void
}

export function openLink(url: string, protocols: string[], events: LinkEvents): Link {
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
