import { call, root } from './api.js'

const TIMEOUT_MS = 8000

function openAt(ticket) {
  const url = new URL('ws/connection', root)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  // As a subprotocol, so that the ticket is in no URL and no proxy's log.
  return new WebSocket(url, ['probe', `ticket.${ticket}`])
}

/**
 * Opens a WebSocket and sends a message there and back. Resolves to `{ ms }`, or to `{ stage }`: `handshake` where it
 * never opened, `echo` where nothing came back. A refused ticket is thrown as call() throws it.
 */
export async function tryWebSocket(token) {
  const { ticket } = await call('api/security/connection/ticket', { token, body: {} })
  const socket = openAt(ticket)
  const message = crypto.getRandomValues(new Uint32Array(4)).join('-')
  let stage = 'handshake'
  let sentAt
  const outcome = await new Promise((resolve) => {
    const fail = () => resolve({ stage })
    setTimeout(fail, TIMEOUT_MS)
    socket.addEventListener('close', fail)
    socket.addEventListener('open', () => {
      stage = 'echo'
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
