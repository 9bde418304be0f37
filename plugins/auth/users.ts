import fp from 'fastify-plugin'
import { createDisplayNameChange } from '../../lib/auth/profile.ts'
import { OPERATOR } from '../../lib/auth/tenants.ts'
import { createUsers, type Users } from '../../lib/auth/users.ts'
import { compileAllowList } from '../../lib/net/address.ts'

declare module 'fastify' {
  interface FastifyInstance {
    users: Omit<Users, 'allowList'> & {
      /** An empty name clears it. False if the account has been removed. */
      setDisplayName: ReturnType<typeof createDisplayNameChange>
    }
  }
}

/** The user accounts and their permissions. */
export default fp(
  async (app) => {
    const { authStore: store, sessions, lockout, passwordHasher: hasher } = app
    const { policy } = app.passwords
    const { allowList, ...users } = createUsers({ store, sessions, lockout, hasher, policy })
    app.decorate('users', { ...users, setDisplayName: createDisplayNameChange(store) })
    // It is reverted by a timer, outside of a request.
    const { within } = app.tenant
    app.pendingChange.own('allowed_ips', {
      read: (id) => within(OPERATOR, () => allowList.read(id)),
      write: (list, id) => within(OPERATOR, () => allowList.write(list, id)),
      isUnder: async ({ address }, id) => compileAllowList((await allowList.read(id)) ?? '')(address)
    })
  },
  {
    name: 'users',
    dependencies: ['auth-store', 'sessions', 'lockout', 'password-hasher', 'passwords', 'pending-change', 'tenant']
  }
)
