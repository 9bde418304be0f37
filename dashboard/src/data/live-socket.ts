import { api } from '../api/client.ts'
import { socketUrlOf } from '../api/place.ts'
import { isProblem } from '../api/problem.ts'

const OPENS_WITHIN_MS = 8000
/** The server sends only changes. After this long without a message, the page sends a ping. */
const PING_AFTER_MS = 8000
export const SILENT_AFTER_MS = 15_000

export interface LiveMessage {
  type: string
  topic?: string
  seq?: number
  data?: unknown
  patch?: unknown
}

export interface LiveSocketEvents {
  onOpen(): void
  onMessage(message: LiveMessage): void
  /** Called once. `code` is the WebSocket's close code, 0 without a WebSocket. `waitMs` is the wait that a rate limit requires. */
  onEnd(code: number, waitMs: number): void
}

export interface LiveSocket {
  send(message: object): void
  /** Closes the connection without calling `onEnd`. */
  close(): void
}

/** One connection to /ws/live (docs/live-protocol.md), including its ticket. */
export function openLive({ onOpen, onMessage, onEnd }: LiveSocketEvents): LiveSocket {
  let socket: WebSocket | null = null
  let isOver = false
  let heardAt = Date.now()
  const life = new AbortController()
  const opening = setTimeout(() => end(0), OPENS_WITHIN_MS)
  let watch: ReturnType<typeof setInterval> | undefined

  function close() {
    isOver = true
    life.abort()
    clearTimeout(opening)
    clearInterval(watch)
    socket?.close()
  }
  function end(code: number, waitMs = 0) {
    if (isOver) return
    close()
    onEnd(code, waitMs)
  }
  const send = (message: object) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }
  function look() {
    const silence = Date.now() - heardAt
    if (silence > SILENT_AFTER_MS) end(0)
    else if (silence > PING_AFTER_MS) send({ type: 'ping' })
  }
  function listen(ticket: string) {
    socket = new WebSocket(socketUrlOf('/ws/live'), ['live.v1', `ticket.${ticket}`])
    socket.onopen = () => {
      clearTimeout(opening)
      heardAt = Date.now()
      watch = setInterval(look, 2000)
      onOpen()
    }
    socket.onmessage = ({ data }) => {
      if (isOver) return
      heardAt = Date.now()
      onMessage(JSON.parse(String(data)) as LiveMessage)
    }
    socket.onclose = ({ code }) => end(code)
  }

  api.post('/api/live/ticket', { signal: life.signal }).then(
    ({ ticket }) => {
      if (!isOver) listen(ticket)
    },
    (error: unknown) => end(0, isProblem(error) ? (error.retryAfter ?? 0) * 1000 : 0)
  )
  return { send, close }
}
