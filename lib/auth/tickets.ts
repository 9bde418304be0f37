import { randomBytes } from 'node:crypto'
import type { Session } from '../storage/session-store.ts'

/** What a ticket opens. */
export type TicketPurpose = 'connection' | 'live' | 'terminal'

export const TICKET_TTL_S = 5

/** Tickets that wait, in all: more are asked for by no honest client within five seconds. */
const MAX_WAITING = 1000

interface Waiting {
  purpose: TicketPurpose
  /** Null where the operator has chosen no protection. */
  session: Session | null
  expiresAt: number
}

/**
 * Tickets for WebSocket handshakes, where browsers can send no header (contract 10): 32 random bytes, good once, for five
 * seconds by a clock that nobody sets (`monotonicNow`, milliseconds), one purpose and the session that asked. They live in
 * memory only.
 */
export function createTickets(monotonicNow: () => number) {
  const waiting = new Map<string, Waiting>()

  return {
    issue(purpose: TicketPurpose, session: Session | null): string {
      // In the order of their making, so the expired ones are first; beyond the bound the oldest make room.
      for (const [ticket, { expiresAt }] of waiting) {
        if (expiresAt > monotonicNow() && waiting.size < MAX_WAITING) break
        waiting.delete(ticket)
      }
      const ticket = randomBytes(32).toString('base64url')
      waiting.set(ticket, { purpose, session, expiresAt: monotonicNow() + TICKET_TTL_S * 1000 })
      return ticket
    },

    /** What a ticket was issued to, or null. Whatever the answer, the ticket is used up. */
    redeem(ticket: string, purpose: TicketPurpose): { session: Session | null } | null {
      const found = waiting.get(ticket)
      waiting.delete(ticket)
      return found && found.purpose === purpose && found.expiresAt > monotonicNow() ? found : null
    }
  }
}
export type Tickets = ReturnType<typeof createTickets>

const TICKET = 'ticket.'

/** The ticket of a handshake: as the subprotocol `ticket.<value>`, which no proxy logs, or in the query. */
export function readTicket(protocols: string | undefined, query: unknown): string | null {
  const offered = protocols?.split(',').map((protocol) => protocol.trim())
  const inProtocol = offered?.find((protocol) => protocol.startsWith(TICKET))
  if (inProtocol) return inProtocol.slice(TICKET.length)
  const inQuery = (query as { ticket?: unknown } | undefined)?.ticket
  return typeof inQuery === 'string' ? inQuery : null
}

/** The subprotocol a handshake is answered with: ours where it is offered, else the first one that is no ticket. */
export function selectProtocol(offered: Iterable<string>, own?: string): string | false {
  const protocols = [...offered]
  if (own !== undefined && protocols.includes(own)) return own
  return protocols.find((protocol) => !protocol.startsWith(TICKET)) ?? false
}

/** Whether a handshake offers a subprotocol. */
export const offersProtocol = (header: string | undefined, wanted: string): boolean =>
  header?.split(',').some((protocol) => protocol.trim() === wanted) === true
