import type { AuthFile, ResellerEntry } from '../../schemas/auth/auth-file.ts'
import type { NewResellerBody, ResellerChangesBody } from '../../schemas/auth/reseller.ts'
import type { AuthStore } from '../storage/stores/auth.ts'
import type { SessionStore } from '../storage/stores/sessions.ts'
import { nameKeyOf, trimLabel } from './typed-text.ts'

export type ResellerRefusal = { ok: false; code: 'NOT_FOUND' | 'CONFLICT' | 'VALIDATION'; reason: string }
export type ResellerOutcome = { ok: true; reseller: ResellerEntry } | ResellerRefusal

export interface ResellersOptions {
  store: AuthStore
  sessions: Pick<SessionStore, 'endAll'>
}

/** Bounds auth.json, which is written whole, and the draft of a change. */
const MAX_RESELLERS = 1000

const refuse = (code: ResellerRefusal['code'], reason: string): ResellerRefusal => ({ ok: false, code, reason })
const notFound = refuse('NOT_FOUND', 'there is no such reseller')

const hasTwoDecimals = (amount: number): boolean => Number(amount.toFixed(2)) === amount

const balanceFault = (balance: number | undefined): ResellerRefusal | null =>
  balance === undefined || hasTwoDecimals(balance)
    ? null
    : refuse('VALIDATION', 'balance: use at most two decimals, such as 245.50')

/** Names that look the same count as equal, as user names do. */
const isTaken = (draft: AuthFile, name: string, self?: number): boolean =>
  draft.resellers?.some((each) => each.id !== self && nameKeyOf(each.name) === nameKeyOf(name)) ?? false

const nameTaken = refuse('CONFLICT', 'another reseller has this name')

/** Resellers, in `resellers[]` of auth.json. Each change is one read-modify-write. */
export function createResellers({ store, sessions }: ResellersOptions) {
  return {
    list: async (): Promise<ResellerEntry[]> => store.listResellers(),

    find: async (id: number): Promise<ResellerEntry | null> => store.findReseller(id),

    async create({ name: typed, balance = 0, is_active = true }: NewResellerBody): Promise<ResellerOutcome> {
      const fault = balanceFault(balance)
      if (fault) return fault
      const name = trimLabel(typed)
      return store.change({ resellers: 'all' }, (draft): ResellerOutcome => {
        draft.resellers ??= []
        if (isTaken(draft, name)) return nameTaken
        if (draft.resellers.length >= MAX_RESELLERS)
          return refuse('CONFLICT', `there are ${MAX_RESELLERS} resellers already, which is the maximum`)
        const id = Math.max(draft.next_reseller_id ?? 1, ...draft.resellers.map((each) => each.id + 1))
        const reseller = { id, name, balance, is_active }
        draft.resellers.push(reseller)
        draft.next_reseller_id = id + 1
        return { ok: true, reseller }
      })
    },

    /** `is_active: false` refuses the reseller's users from their next request on, and ends their sessions. */
    async change(id: number, body: ResellerChangesBody): Promise<ResellerOutcome> {
      const fault = balanceFault(body.balance)
      if (fault) return fault
      const name = body.name === undefined ? undefined : trimLabel(body.name)
      const scope = { resellers: name === undefined ? [id] : ('all' as const) }
      const outcome = await store.change(scope, (draft): ResellerOutcome => {
        const reseller = draft.resellers?.find((each) => each.id === id)
        if (!reseller) return notFound
        if (name !== undefined) {
          if (isTaken(draft, name, id)) return nameTaken
          reseller.name = name
        }
        reseller.balance = body.balance ?? reseller.balance
        reseller.is_active = body.is_active ?? reseller.is_active
        return { ok: true, reseller: { ...reseller } }
      })
      // Sessions that remain after a failure are refused anyway; suspending again ends them.
      if (outcome.ok && body.is_active === false)
        await sessions.endAll((await store.listAccounts(id)).map((account) => account.id))
      return outcome
    },

    /** A reseller that still has users cannot be removed. */
    remove: (id: number): Promise<ResellerOutcome> =>
      store.change({ resellers: [id], accountsOf: id }, (draft): ResellerOutcome => {
        const reseller = draft.resellers?.find((each) => each.id === id)
        if (!reseller) return notFound
        if (draft.users?.some((user) => user.reseller_id === id))
          return refuse('CONFLICT', 'this reseller still has users; move or remove them first')
        draft.resellers = draft.resellers!.filter((each) => each.id !== id)
        draft.next_reseller_id = Math.max(draft.next_reseller_id ?? 1, id + 1)
        return { ok: true, reseller }
      })
  }
}
export type Resellers = ReturnType<typeof createResellers>
