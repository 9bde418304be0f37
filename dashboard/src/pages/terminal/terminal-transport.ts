import { api } from '../../api/client.ts'
import { socketUrlOf } from '../../api/place.ts'
import { isProblem } from '../../api/problem.ts'
import type { TerminalTransport } from '../../terminal/client.ts'
import { openLink } from '../../terminal/socket.ts'

/** What is over by itself: no answer, something between that answered in the host's place, too much at once. */
const passing = ['NETWORK', 'FOREIGN', 'RATE_LIMITED', 'BUSY', 'INTERNAL', 'AUTH_STORE_UNREADABLE']

export const loadTerminals = (signal?: AbortSignal) => api.get('/api/terminal/sessions', signal ? { signal } : {})

export const terminalTransport: TerminalTransport = {
  ticket: async () => (await api.post('/api/terminal/ticket')).ticket,
  link: (protocols, events) => openLink(socketUrlOf('/ws/terminal'), protocols, events),
  isTemporary: (error) => isProblem(error, ...passing),
  exists: async (id) => (await loadTerminals()).sessions.some((session) => session.id === id && session.own)
}
