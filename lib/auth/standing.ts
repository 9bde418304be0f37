import type { AccessStore } from '../storage/stores/access.ts'
import type { Session } from '../storage/stores/sessions.ts'
import type { TicketPurpose } from '../storage/stores/tickets.ts'
import { type Principal, presentPrincipal } from './authenticate.ts'

/** The user at the other end of a WebSocket. */
export interface Connected {
  /** Null on a host without a password. */
  session: Session | null
  address: string
  /** As the ticket of the handshake was redeemed. */
  principal: Principal
}

export interface StandingOptions {
  access: AccessStore
  isBanned: (address: string) => boolean
  purpose: TicketPurpose
  /** Wall clock, milliseconds since the epoch. */
  clock: () => number
  monotonicNow?: () => number
}

/** How long an open connection keeps its access while the store does not answer, ms: a database changes over in less. */
const GRACE_MS = 30_000

/**
 * What a connected user may do now; null once their access has ended. A store in memory answers at once. The answer of a
 * network store counts from the next call on, so connections are to be checked often.
 */
export function createStanding({ access, isBanned, purpose, clock, ...clocks }: StandingOptions) {
  const { monotonicNow = performance.now.bind(performance) } = clocks
  const known = new WeakMap<Connected, { principal: Principal | null; at: number; isAsking: boolean }>()

  return (caller: Connected): Principal | null => {
    if (isBanned(caller.address)) return null
    const sid = caller.session?.sid ?? null
    const state = known.get(caller) ?? { principal: caller.principal, at: monotonicNow(), isAsking: false }
    if (!state.isAsking) {
      const answer = access.read({ ...(sid !== null && { sid }), now: clock() })
      if (!(answer instanceof Promise)) return presentPrincipal(sid, answer, purpose)
      known.set(caller, state)
      state.isAsking = true
      answer
        .then(
          (facts) => Object.assign(state, { principal: presentPrincipal(sid, facts, purpose), at: monotonicNow() }),
          // The store does not answer: the last answer counts for GRACE_MS.
          () => {}
        )
        .finally(() => {
          state.isAsking = false
        })
    }
    return monotonicNow() - state.at > GRACE_MS ? null : state.principal
  }
}
export type Standing = ReturnType<typeof createStanding>
