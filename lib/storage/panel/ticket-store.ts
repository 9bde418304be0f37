import { TICKET_TTL_S } from '../../auth/tickets.ts'
import type { TicketPurpose, TicketStore } from '../stores/tickets.ts'
import { createSingleUse, type SingleUseOptions } from './single-use.ts'

interface Issued {
  purpose: TicketPurpose
  sid: string | null
}

/** Tickets in Redis. */
export function createPanelTicketStore(options: SingleUseOptions): TicketStore {
  const tickets = createSingleUse(options, 'ticket')

  return {
    issue: (purpose, sid) => tickets.issue(JSON.stringify({ purpose, sid } satisfies Issued), TICKET_TTL_S * 1000),

    async redeem(ticket, purpose) {
      const text = await tickets.redeem(ticket)
      const issued = text === null ? null : (JSON.parse(text) as Issued)
      return issued?.purpose === purpose ? { sid: issued.sid } : null
    }
  }
}
