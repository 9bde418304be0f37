import { Errors } from 'typebox/schema'
import { UsernameSchema } from '../../schemas/auth/login.ts'
import type { Permission, UserType } from '../../schemas/auth/permission.ts'
import { type Account, OWNER_ID } from '../auth/accounts.ts'
import { createHasher } from '../auth/passwords/hasher.ts'
import { createPasswordPolicy } from '../auth/passwords/policy.ts'
import { createUsers, type UserOutcome } from '../auth/users.ts'
import { type CommandResult, done, refused } from './result.ts'
import { type CommandStores, requireUser } from './stores.ts'
import { describeTable } from './table.ts'

/** The rules of the API, with the owner as the caller. */
async function withUsers<T>(
  { auth: store, sessions, lockouts }: CommandStores,
  work: (users: ReturnType<typeof createUsers>, owner: Account) => Promise<T>
): Promise<T> {
  const owner = await store.findAccount(OWNER_ID)
  if (owner === null) throw new Error('there is no owner yet; open the dashboard to create the account')
  const hasher = createHasher({ threads: 1 })
  try {
    const policy = createPasswordPolicy()
    return await work(createUsers({ store, sessions, lockout: lockouts, hasher, policy }), owner)
  } finally {
    await hasher.close()
  }
}

/** `users list` */
export const listUsers = (stores: CommandStores): Promise<CommandResult> =>
  withUsers(stores, async ({ list }, owner) => {
    const users = await list(owner)
    const rows = users.map((user) => [
      String(user.id),
      user.username,
      user.user_type,
      user.is_active ? 'active' : 'disabled',
      user.totp_enabled ? 'on' : 'off',
      user.last_login_at ?? 'never'
    ])
    return done(describeTable(['ID', 'USER', 'TYPE', 'STATE', '2FA', 'LAST LOGIN'], rows), { users })
  })

export interface NewUser {
  name: string
  password: string
  type: UserType
  permissions: Permission[]
}

/** `users create` */
export const createUser = (stores: CommandStores, wish: NewUser): Promise<CommandResult> =>
  withUsers(stores, async (users, owner) => {
    const { name, password, type, permissions } = wish
    if (!Errors(UsernameSchema, name)[0])
      return refused(
        'users create: the name must have 1 to 64 characters, no control characters, and no space at either end'
      )
    const body = { username: name, password, user_type: type, permissions }
    const outcome = await users.create(owner, body)
    if (!outcome.ok) return refused(`users create: ${outcome.reason}`)
    stores.record('userCreated', name)
    return done(`The user ${JSON.stringify(name)} was created.`, { user: await users.describe(outcome.account) })
  })

/** `users disable` ends the user's sessions; `users enable` lets the user log in again. */
export const setUserActive = (stores: CommandStores, name: string, isActive: boolean): Promise<CommandResult> =>
  withUsers(stores, async (users, owner) => {
    const { id, username } = await requireUser(stores, name)
    const outcome: UserOutcome = await users.change(owner, id, { is_active: isActive })
    const state = isActive ? 'enabled' : 'disabled'
    if (!outcome.ok) return refused(`users ${state.slice(0, -1)}: ${outcome.reason}`)
    stores.record('userChanged', username)
    return done(`The user ${JSON.stringify(username)} is ${state}.`, { user: await users.describe(outcome.account) })
  })

/** `users allow`: the networks from which a user may log in; empty for every network. */
export const allowNetworks = (stores: CommandStores, name: string, networks: string): Promise<CommandResult> =>
  withUsers(stores, async (users, owner) => {
    const { id, username } = await requireUser(stores, name)
    const outcome: UserOutcome = await users.change(owner, id, { allowed_ips: networks })
    if (!outcome.ok) return refused(`users allow: ${outcome.reason}`)
    stores.record('userChanged', username)
    const { allowedIps } = outcome.account
    const from = allowedIps === '' ? 'every address' : allowedIps
    return done(`The user ${JSON.stringify(username)} can log in from ${from}.`, {
      user: await users.describe(outcome.account)
    })
  })
