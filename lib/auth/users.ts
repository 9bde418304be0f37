import type { UserEntry } from '../../schemas/auth/auth-file.ts'
import type { NewUserBody, UserChangesBody, UserDetail } from '../../schemas/auth/user.ts'
import { normaliseAllowList } from '../net/address.ts'
import type { AuthStore } from '../storage/stores/auth.ts'
import type { Lockouts } from '../storage/stores/lockouts.ts'
import type { SessionStore } from '../storage/stores/sessions.ts'
import { type Account, noSecondFactor, OWNER_ID, recordOf, userIn } from './accounts.ts'
import type { Hasher } from './passwords/hasher.ts'
import type { PasswordPolicy } from './passwords/policy.ts'
import { nameKeyOf, trimLabel } from './typed-text.ts'
import { actorIn, notFound, refusalOf, refuse, resellerRefusal, sees, type UserRefusal } from './user-rights.ts'

export type UserOutcome =
  | { ok: true; account: Account; endedSessions?: number; isSecondFactorReset?: boolean }
  | UserRefusal

export interface UsersOptions {
  store: AuthStore
  sessions: Pick<SessionStore, 'endAll' | 'lastLoginsOf'>
  lockout: Pick<Lockouts, 'unlock'>
  hasher: Hasher
  policy: PasswordPolicy
}

/** The fields that auth.json stores under the same names as the body (contract 2); absent fields stay absent. */
function fieldsOf(body: UserChangesBody): Partial<UserEntry> {
  const fields: Partial<UserEntry> = {
    display_name: body.display_name === undefined ? undefined : trimLabel(body.display_name),
    email: body.email,
    user_type: body.user_type,
    reseller_id: body.reseller_id,
    is_active: body.is_active,
    permissions: body.permissions,
    allowed_ips: body.allowed_ips === undefined ? undefined : normaliseAllowList(body.allowed_ips)
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

const badNetwork = (list: string | undefined): UserRefusal | null => {
  try {
    normaliseAllowList(list ?? '')
    return null
  } catch (error) {
    return refuse('VALIDATION', `allowed_ips: ${(error as Error).message}`)
  }
}

/** A user as an administrator sees them. */
function describeUser(account: Account, lastLogins: ReadonlyMap<number, number>): UserDetail {
  const lastLogin = lastLogins.get(account.id)
  return {
    id: account.id,
    username: account.username,
    display_name: account.displayName,
    email: account.email,
    user_type: account.userType,
    reseller_id: account.resellerId,
    is_active: account.isEnabled,
    permissions: [...account.permissions],
    allowed_ips: account.allowedIps,
    totp_enabled: account.totpSecret !== null,
    last_login_at: lastLogin === undefined ? null : new Date(lastLogin).toISOString()
  }
}

/** Users beyond the owner, in `users[]` of auth.json. Each change is one read-modify-write that checks again. */
export function createUsers({ store, sessions, lockout, hasher, policy }: UsersOptions) {
  const find = async (id: number): Promise<Account | null> => store.findAccount(id)
  const gone = refuse('PERMISSION', 'your account is gone')

  return {
    /** Null also for a user whom the actor does not see. */
    async find(actor: Account, id: number): Promise<Account | null> {
      const account = await find(id)
      return account && sees(actor, account) ? account : null
    },

    /** A user's allow-list, as a change that can lock its author out and so can revert. */
    allowList: {
      async read(id?: number) {
        if ((await store.mode()) === 'unreadable') throw new Error('the accounts cannot be read')
        return (await store.findAccount(id!))?.allowedIps ?? null
      },
      write: (list: unknown, id?: number) =>
        store.change({ accounts: [id!] }, (draft) => {
          const record = recordOf(draft, id!)
          if (record) record.allowed_ips = list as string
        })
    },

    async describe(account: Account): Promise<UserDetail> {
      return describeUser(account, await sessions.lastLoginsOf([account.id]))
    },

    /** The users whom the actor sees. */
    async list(actor: Account): Promise<UserDetail[]> {
      const accounts = await store.listAccounts(actor.resellerId === 0 ? undefined : actor.resellerId)
      const lastLogins = await sessions.lastLoginsOf(accounts.map(({ id }) => id))
      return accounts.map((account) => describeUser(account, lastLogins))
    },

    /** Throws HasherBusyError. */
    async create(actor: Account, body: NewUserBody): Promise<UserOutcome> {
      const reason = policy(body.password, body.username)
      if (reason !== null) return refuse('PASSWORD_POLICY', reason)
      const networkFault = badNetwork(body.allowed_ips)
      if (networkFault) return networkFault
      const wanted = { userType: body.user_type ?? 'customer', permissions: body.permissions ?? [] } as const
      const earlyRefusal = refusalOf(actor, null, wanted)
      if (earlyRefusal) return earlyRefusal
      const passwordHash = await hasher.hash(body.password)
      const resellers = body.reseller_id === undefined ? [] : [body.reseller_id]
      return store.change({ accounts: [actor.id], username: body.username, resellers }, (draft): UserOutcome => {
        const currentActor = actorIn(draft, actor)
        if (!currentActor) return gone
        const refusal = refusalOf(currentActor, null, wanted) ?? resellerRefusal(draft, currentActor, body.reseller_id)
        if (refusal) return refusal
        draft.users ??= []
        // Names that look the same count as equal: keyboards differ in the characters they produce.
        const taken = [draft, ...draft.users].map(({ username }) => nameKeyOf(username ?? ''))
        const isTaken = taken.includes(nameKeyOf(body.username))
        if (isTaken) return refuse('CONFLICT', 'another user has this name')
        const id = Math.max(draft.next_user_id ?? 2, ...draft.users.map((user) => user.id + 1))
        const entry: UserEntry = {
          ...(currentActor.resellerId !== 0 && { reseller_id: currentActor.resellerId }),
          ...fieldsOf(body),
          id,
          username: body.username,
          password_hash: passwordHash,
          user_type: wanted.userType,
          is_active: body.is_active ?? true,
          permissions: [...new Set(wanted.permissions)]
        }
        draft.users.push(entry)
        draft.next_user_id = id + 1
        return { ok: true, account: userIn(draft, entry) }
      })
    },

    /**
     * A new password, a reset second factor, a disabled account or a suspended reseller ends the user's sessions.
     * Throws HasherBusyError.
     */
    async change(actor: Account, id: number, body: UserChangesBody): Promise<UserOutcome> {
      const target = await find(id)
      if (!target || !sees(actor, target)) return notFound
      const isFixed = [body.user_type, body.permissions, body.is_active, body.reseller_id].some(
        (it) => it !== undefined
      )
      if (id === OWNER_ID && isFixed)
        return refuse('CONFLICT', 'the owner is always an active admin with all permissions')
      if (id === actor.id && (body.password !== undefined || body.totp_enabled !== undefined))
        return refuse('CONFLICT', 'your own password and second factor are changed under /api/auth')
      if (body.confirm_within !== undefined && (id !== actor.id || body.allowed_ips === undefined))
        return refuse('VALIDATION', 'confirm_within is for a change of your own allowed_ips')
      const networkFault = badNetwork(body.allowed_ips)
      if (networkFault) return networkFault
      const reason = body.password === undefined ? null : policy(body.password, target.username)
      if (reason !== null) return refuse('PASSWORD_POLICY', reason)
      const after = (account: Account) => ({
        userType: body.user_type ?? account.userType,
        permissions: body.permissions ?? account.permissions
      })
      const earlyRefusal = refusalOf(actor, target, after(target))
      if (earlyRefusal) return earlyRefusal
      const passwordHash = body.password === undefined ? null : await hasher.hash(body.password)
      const resellers = body.reseller_id === undefined ? [] : [body.reseller_id]
      const outcome = await store.change({ accounts: [actor.id, id], resellers }, (draft): UserOutcome => {
        const record = recordOf(draft, id)
        if (!record) return notFound
        if (id !== OWNER_ID) {
          const currentActor = actorIn(draft, actor)
          if (!currentActor) return gone
          const account = userIn(draft, record as UserEntry)
          const refusal =
            refusalOf(currentActor, account, after(account)) ?? resellerRefusal(draft, currentActor, body.reseller_id)
          if (refusal) return refusal
        }
        Object.assign(record, fieldsOf(body))
        if (passwordHash !== null) record.password_hash = passwordHash
        if (body.totp_enabled === false) Object.assign(record, noSecondFactor())
        return { ok: true, account: target }
      })
      if (!outcome.ok) return outcome
      const account = (await find(id)) ?? target
      const isSuspended = body.reseller_id !== undefined && !account.isActive
      const ends = passwordHash !== null || body.totp_enabled === false || body.is_active === false || isSuspended
      const endedSessions = ends ? await sessions.endAll(id) : 0
      const isSecondFactorReset = body.totp_enabled === false && target.totpSecret !== null
      return { ok: true, account, endedSessions, isSecondFactorReset }
    },

    /** Removes a user, ends their sessions, revokes their API tokens and clears their failed attempts. */
    async remove(actor: Account, id: number): Promise<UserOutcome> {
      const target = await find(id)
      if (!target || !sees(actor, target)) return notFound
      if (id === OWNER_ID) return refuse('CONFLICT', 'the owner cannot be removed')
      if (id === actor.id) return refuse('CONFLICT', 'you cannot remove yourself')
      const earlyRefusal = refusalOf(actor, target, null)
      if (earlyRefusal) return earlyRefusal
      const isThere = await store.change({ accounts: [id], apiTokensOf: id }, (draft) => {
        const index = draft.users?.findIndex((user) => user.id === id) ?? -1
        if (index === -1) return false
        draft.users!.splice(index, 1)
        draft.next_user_id = Math.max(draft.next_user_id ?? 2, id + 1)
        const hashes = draft.api_tokens?.filter((token) => token.user_id === id).map((token) => token.token_hash) ?? []
        draft.revoked_tokens = [...new Set([...(draft.revoked_tokens ?? []), ...hashes])]
        return true
      })
      if (!isThere) return notFound
      const endedSessions = await sessions.endAll(id)
      await lockout.unlock(target.username)
      return { ok: true, account: target, endedSessions }
    },

    /** Whether an actor with `users.manage` may act on a user; always true for a removed user. */
    async mayChange(actor: Account, id: number): Promise<boolean> {
      const target = await find(id)
      return !target || refusalOf(actor, target, null) === null
    },

    /** Ends all sessions of a user except the session `except`, which is the caller's. */
    async endSessions(actor: Account, id: number, except: string): Promise<UserOutcome> {
      const target = await find(id)
      if (!target) return notFound
      const refusal = refusalOf(actor, target, null)
      if (refusal) return refusal
      await sessions.endAll(id, except)
      return { ok: true, account: target }
    },

    async unlock(actor: Account, id: number): Promise<UserOutcome> {
      const target = await find(id)
      if (!target) return notFound
      const refusal = refusalOf(actor, target, null)
      if (refusal) return refusal
      await lockout.unlock(target.username)
      return { ok: true, account: target }
    }
  }
}
export type Users = ReturnType<typeof createUsers>
