import { createHash, randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { TICKET_TTL_S } from '../../auth/tickets.ts'
import type { TicketPurpose, TicketStore } from '../stores/tickets.ts'
import { keyOf, useRedis } from './redis.ts'

export interface PanelTicketOptions {
  redis: Redis
  /** The tenant of the present request. */
  tenant: () => number
}

interface Issued {
  purpose: TicketPurpose
  sid: string | null
}

/** Tickets in Redis, by their hash: a copy of Redis opens nothing. */
export function createPanelTicketStore({ redis, tenant }: PanelTicketOptions): TicketStore {
  const key = (ticket: string): string =>
    keyOf(tenant(), 'ticket', createHash('sha256').update(ticket).digest('base64url'))

  return {
    async issue(purpose, sid) {
      const ticket = randomBytes(32).toString('base64url')
      const issued: Issued = { purpose, sid }
      await useRedis(redis, () => redis.set(key(ticket), JSON.stringify(issued), 'PX', TICKET_TTL_S * 1000))
      return ticket
    },

    async redeem(ticket, purpose) {
      const text = await useRedis(redis, () => redis.getdel(key(ticket)))
      const issued = text === null ? null : (JSON.parse(text) as Issued)
      return issued?.purpose === purpose ? { sid: issued.sid } : null
    }
  }
}
