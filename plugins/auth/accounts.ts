import type { onRequestHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { type ApiTokens, createApiTokens } from '../../lib/auth/api-tokens.ts'
import { createCredentialCheck, type VerifyCredentials } from '../../lib/auth/credential-check.ts'
import { createEnrolment, type Enrolment } from '../../lib/auth/enrolment.ts'
import { createFirstLaunch, type FirstLaunch } from '../../lib/auth/first-launch.ts'
import { createLogin, createSessionIssuer, type Login, type SessionIssuer } from '../../lib/auth/login.ts'
import { createPasswordChange, type PasswordChange } from '../../lib/auth/password-change.ts'
import { createPasswordCheck } from '../../lib/auth/passwords/check.ts'
import { createHasher, HasherBusyError, type HasherOptions } from '../../lib/auth/passwords/hasher.ts'
import { createPasswordPolicy } from '../../lib/auth/passwords/policy.ts'
import { createRefresh, createRefreshEnd, type Refresh } from '../../lib/auth/refresh.ts'
import { createSecondFactor } from '../../lib/auth/second-factor.ts'
import { createSecondFactorChange, type SecondFactorChange } from '../../lib/auth/second-factor-change.ts'
import { createUsers, type Users } from '../../lib/auth/users.ts'
import { compileAllowList } from '../../lib/net/address.ts'

declare module 'fastify' {
  interface FastifyInstance {
    accounts: FirstLaunch & {
      login: Login
      refresh: Refresh
      endByRefresh: ReturnType<typeof createRefreshEnd>
      issue: SessionIssuer['issue']
      changePassword: PasswordChange
      /** Where a route asks again who somebody is. */
      verifyCredentials: VerifyCredentials
      twoFactor: Enrolment & SecondFactorChange
      users: Users
      apiTokens: ApiTokens
    }
  }
}

export interface AccountsOptions {
  hasher?: HasherOptions
}

/** Who has proved who they are: first launch, login, refresh and password over one bounded hasher. */
export default fp<AccountsOptions>(
  async (app, options) => {
    const hasher = createHasher(options.hasher)
    const { authStore: store, sessions, clock: now } = app
    const { sign } = app.tokens
    const checkPassword = createPasswordCheck({
      store,
      sessions,
      hasher,
      onRehashFailed: (err) => app.log.error({ err }, 'a stronger password hash could not be stored')
    })
    const checkSecondFactor = createSecondFactor({ store, hasher, now })
    const verifyCredentials = createCredentialCheck({
      lockout: app.lockout,
      checkPassword,
      checkSecondFactor,
      audit: app.auditLog
    })
    const { sessionTtl: ttl, refreshTtl } = app.config
    const issuer = createSessionIssuer({ store, sessions, now, sign, ttl, refreshTtl })
    const openSession = issuer.open
    const policy = createPasswordPolicy()
    app.decorate('accounts', {
      ...createFirstLaunch({
        store,
        sessions,
        hasher,
        policy,
        verifyCredentials,
        openSession,
        onOwnerCreated: app.auditLog.ownerCreated
      }),
      login: createLogin({ store, verifyCredentials, openSession }),
      endByRefresh: createRefreshEnd({ sessions, now }),
      refresh: createRefresh({ store, sessions, now, ttl: refreshTtl }),
      issue: issuer.issue,
      verifyCredentials,
      changePassword: createPasswordChange({ store, sessions, hasher, policy, verifyCredentials }),
      twoFactor: {
        ...createEnrolment({ store, sessions, hasher, verifyCredentials, now }),
        ...createSecondFactorChange({ store, sessions, hasher, verifyCredentials })
      },
      users: createUsers({ store, sessions, lockout: app.lockout, hasher, policy }),
      apiTokens: createApiTokens({ store, verifyCredentials, uses: app.tokenUses, sign, now })
    })
    const { allowList } = app.accounts.users
    app.pendingChange.own('allowed_ips', {
      ...allowList,
      isUnder: async ({ address }, id) => compileAllowList((await allowList.read(id)) ?? '')(address)
    })
    // Where a password will be checked, a full queue is said before the body is read.
    const refuseWhenBusy: onRequestHookHandler = (_request, _reply, done) =>
      done(hasher.isBusy() ? new HasherBusyError() : undefined)
    app.addHook('onRoute', (route) => {
      if (route.config?.limit === 'login') route.onRequest = [route.onRequest ?? [], refuseWhenBusy].flat()
    })
    app.addHook('onClose', () => hasher.close())
  },
  {
    name: 'accounts',
    dependencies: [
      'config',
      'clock',
      'auth-store',
      'tokens',
      'sessions',
      'token-uses',
      'lockout',
      'audit-log',
      'pending-change'
    ]
  }
)
