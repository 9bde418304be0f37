/** Lifetime of a ticket in seconds (contract 10). */
export const TICKET_TTL_S = 5

const TICKET = 'ticket.'

/** The ticket of a handshake: the subprotocol `ticket.<value>`, which proxies do not log, or the query's `ticket`. */
export function readTicket(protocols: string | undefined, query: unknown): string | null {
  const offered = protocols?.split(',').map((protocol) => protocol.trim())
  const inProtocol = offered?.find((protocol) => protocol.startsWith(TICKET))
  if (inProtocol) return inProtocol.slice(TICKET.length)
  const inQuery = (query as { ticket?: unknown } | undefined)?.ticket
  return typeof inQuery === 'string' ? inQuery : null
}

/** Selects the subprotocol of a handshake: `own` if offered, else the first that is not a ticket. */
export function selectProtocol(offered: Iterable<string>, own?: string): string | false {
  const protocols = [...offered]
  if (own !== undefined && protocols.includes(own)) return own
  return protocols.find((protocol) => !protocol.startsWith(TICKET)) ?? false
}

/** Whether a handshake offers a subprotocol. */
export const offersProtocol = (header: string | undefined, wanted: string): boolean =>
  header?.split(',').some((protocol) => protocol.trim() === wanted) === true
