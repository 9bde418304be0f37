/** The WebSocket that a ticket opens. */
export type TicketPurpose = 'connection' | 'live' | 'terminal'

/** Tickets for WebSocket handshakes (contract 10). They need not survive a restart. Methods throw StorageError. */
export interface TicketStore {
  /** A new ticket: 32 random bytes, base64url. `sid` is null on a host without protection. */
  issue(purpose: TicketPurpose, sid: string | null): Promise<string>
  /**
   * Atomic: the session that a ticket was issued to, or null for an unknown, used or expired ticket and for another
   * purpose. The ticket is used up in every case.
   */
  redeem(ticket: string, purpose: TicketPurpose): Promise<{ sid: string | null } | null>
}
