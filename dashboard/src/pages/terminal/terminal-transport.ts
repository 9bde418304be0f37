import { api } from '../../api/client.ts'
import { socketUrlOf } from '../../api/place.ts'
import { isProblem } from '../../api/problem.ts'
import type { TerminalTransport } from '../../terminal/client.ts'
import { openSocket } from '../../terminal/socket.ts'

/** Temporary errors: no response, a response from a proxy, too many requests, an unavailable daemon. */
const passing = ['NETWORK', 'FOREIGN', 'RATE_LIMITED', 'BUSY', 'INTERNAL', 'AUTH_STORE_UNREADABLE']

export const loadTerminals = (signal?: AbortSignal) => api.get('/api/terminal/sessions', signal ? { signal } : {})

export const terminalTransport: TerminalTransport = {
  ticket: async () => (await api.post('/api/terminal/ticket')).ticket,
  connect: (protocols, events) => openSocket(socketUrlOf('/ws/terminal'), protocols, events),
  isTemporary: (error) => isProblem(error, ...passing),
  exists: async (id) => (await loadTerminals()).sessions.some((session) => session.id === id && session.own)
}
