import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import type { AuthStore, ChangeScope } from '../storage/stores/auth.ts'
import type { Session, SessionStore } from '../storage/stores/sessions.ts'
import { type Account, noSecondFactor, OWNER_ID, ownerOf } from './accounts.ts'
import type { Reauthenticate } from './confirmation.ts'
import type { Refusal } from './credential-check.ts'
import type { OpenedSession, Origin, SessionIssuer } from './login.ts'
import type { Hasher } from './passwords/hasher.ts'
import type { PasswordPolicy } from './passwords/policy.ts'
import { nameKeyOf } from './typed-text.ts'

export interface SetupInput extends Origin {
  username: string
  password: string
}

export type SetupOutcome =
  | OpenedSession
  | { ok: false; code: 'ALREADY_CONFIGURED' }
  | { ok: false; code: 'CONFLICT' | 'PASSWORD_POLICY'; reason: string }

export interface DisableInput {
  owner: Account
  session: Session
  password: string | undefined
  code: string | undefined
  address: string
}

export interface EnableInput {
  /** The owner's session; null for other callers. */
  session: Session | null
  password: string | undefined
  address: string
}

export interface FirstLaunchOptions {
  store: AuthStore
  sessions: SessionStore
  hasher: Hasher
  policy: PasswordPolicy
  reauthenticate: Reauthenticate
  openSession: SessionIssuer['open']
  /** Called once the owner is stored, even if opening their first session fails. */
  onOwnerCreated: (owner: { address: string; user: string }) => Promise<void>
}

/** Clears the owner's login, before a first setup and on "disable". */
const clearLogin = (draft: AuthFile): void => {
  Object.assign(draft, {
    username: null,
    password_hash: null,
    display_name: null,
    email: null,
    allowed_ips: null,
    ...noSecondFactor()
  })
}

/** Resets to the state before the first launch. Tokens, revocations, other users and the secret stay. */
export function backToFirstLaunch(draft: AuthFile): void {
  clearLogin(draft)
  Object.assign(draft, { enabled: false, configured: false, declined: false })
}

const ofOwner: ChangeScope = { accounts: [OWNER_ID] }

/** Turns authentication on and off: setup, skip, disable, enable. Each is one read-modify-write. */
export function createFirstLaunch(options: FirstLaunchOptions) {
  const { store, sessions, hasher, policy, reauthenticate, openSession, onOwnerCreated } = options

  return {
    /** Creates the owner and logs them in. Exactly one of several concurrent calls succeeds. Throws HasherBusyError. */
    async setup({ username, password, ...origin }: SetupInput): Promise<SetupOutcome> {
      if (await store.findAccount(OWNER_ID)) return { ok: false, code: 'ALREADY_CONFIGURED' }
      const reason = policy(password, username)
      if (reason !== null) return { ok: false, code: 'PASSWORD_POLICY', reason }
      const passwordHash = await hasher.hash(password)
      const owner = await store.change({ ...ofOwner, username }, (draft) => {
        if (ownerOf(draft)) return null
        if (draft.users?.some((user) => nameKeyOf(user.username) === nameKeyOf(username))) return 'CONFLICT'
        clearLogin(draft)
        Object.assign(draft, {
          enabled: true,
          configured: true,
          declined: false,
          username,
          password_hash: passwordHash
        })
        return ownerOf(draft)
      })
      if (owner === null) return { ok: false, code: 'ALREADY_CONFIGURED' }
      if (owner === 'CONFLICT') return { ok: false, code: 'CONFLICT', reason: 'another user has this name' }
      await onOwnerCreated({ address: origin.address, user: username })
      return openSession(owner, owner.credential, ['pwd'], origin)
    },

    /** Marks protection as declined. False if an owner exists. */
    skip: (): Promise<boolean> =>
      store.change(ofOwner, (draft) => {
        if (ownerOf(draft)) return false
        Object.assign(draft, { enabled: false, configured: true, declined: true })
        return true
      }),

    /** Resets to the first launch and ends every session. */
    async disable({ owner, ...input }: DisableInput): Promise<Refusal | null> {
      // This also removes the second factor, so a session that has not passed it needs a code.
      const secondFactor = input.session.amr.includes('otp') ? 'not-needed' : 'needed'
      const proof = await reauthenticate({ ...input, account: owner, secondFactor })
      if (!proof.ok) return proof
      const accounts = await store.listAccounts()
      const isDone = await store.change(ofOwner, (draft) => {
        // The password changed meanwhile: the confirmation has expired.
        if (ownerOf(draft)?.credential !== proof.credential) return false
        backToFirstLaunch(draft)
        return true
      })
      if (!isDone) return { ok: false, code: 'CONFLICT' }
      for (const { id } of accounts) await sessions.endAll(id)
      return null
    },

    /** Undoes `enabled: false`. */
    async enable({ session, password, address }: EnableInput): Promise<Refusal | null> {
      const owner = await store.findAccount(OWNER_ID)
      if (!owner) return { ok: false, code: 'NO_ACCOUNT' }
      if ((await store.mode()) !== 'disabled')
        return { ok: false, code: 'CONFLICT', reason: 'authentication is already enabled' }
      // Without a session there is nothing that could have been confirmed.
      if (password === undefined && session === null)
        return { ok: false, code: 'VALIDATION', reason: 'password is required' }
      const proof = await reauthenticate({
        account: owner,
        session: session ?? { confirmedAt: 0 },
        address,
        password,
        code: undefined,
        secondFactor: 'not-needed'
      })
      if (!proof.ok) return proof
      await store.change(ofOwner, (draft) => Object.assign(draft, { enabled: true, configured: true, declined: false }))
      return null
    }
  }
}
export type FirstLaunch = ReturnType<typeof createFirstLaunch>
