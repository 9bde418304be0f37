import { randomBytes } from 'node:crypto'
import { TICKET_TTL_S } from '../auth/tickets.ts'
import type { TicketPurpose, TicketStore } from './stores/tickets.ts'

/** Maximum number of unused tickets; more than legitimate clients request within five seconds. */
const MAX_WAITING = 1000

interface Waiting {
  purpose: TicketPurpose
  sid: string | null
  expiresAt: number
}

/** Tickets in memory. They expire by the monotonic clock `monotonicNow` (milliseconds). */
export function createTicketStore(monotonicNow: () => number): TicketStore {
  const waiting = new Map<string, Waiting>()

  return {
    async issue(purpose, sid) {
      // Ordered by creation, so expired tickets come first. Beyond the limit the oldest tickets are evicted.
      for (const [ticket, { expiresAt }] of waiting) {
        if (expiresAt > monotonicNow() && waiting.size < MAX_WAITING) break
        waiting.delete(ticket)
      }
      const ticket = randomBytes(32).toString('base64url')
      waiting.set(ticket, { purpose, sid, expiresAt: monotonicNow() + TICKET_TTL_S * 1000 })
      return ticket
    },

    async redeem(ticket, purpose) {
      const found = waiting.get(ticket)
      waiting.delete(ticket)
      return found && found.purpose === purpose && found.expiresAt > monotonicNow() ? { sid: found.sid } : null
    }
  }
}
