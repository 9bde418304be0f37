import { api } from '../../api/client.ts'
import { socketUrlOf } from '../../api/place.ts'

const TIMEOUT_MS = 8000

/** `ms`: how long a message took there and back. Else where it failed: never opened, or opened and nothing came back. */
export type Outcome = { ms: number } | { failed: 'handshake' | 'echo' }

/** Opens a WebSocket and sends a message there and back. Throws a Problem where no ticket is given. */
export async function tryWebSocket(): Promise<Outcome> {
  const { ticket } = await api.post('/api/security/connection/ticket')
  // As a subprotocol, so that the ticket is in no URL and no proxy's log.
  const socket = new WebSocket(socketUrlOf('/ws/connection'), ['probe', `ticket.${ticket}`])
  const message = crypto.getRandomValues(new Uint32Array(4)).join('-')
  let failed: 'handshake' | 'echo' = 'handshake'
  let sentAt = 0
  const outcome = await new Promise<Outcome>((resolve) => {
    const fail = () => resolve({ failed })
    setTimeout(fail, TIMEOUT_MS)
    socket.addEventListener('close', fail)
    socket.addEventListener('open', () => {
      failed = 'echo'
      sentAt = performance.now()
      socket.send(message)
    })
    socket.addEventListener('message', ({ data }) => {
      if (data === message) resolve({ ms: performance.now() - sentAt })
    })
  })
  socket.close()
  return outcome
}
