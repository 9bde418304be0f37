import fp from 'fastify-plugin'
import { createFirstLaunch, type FirstLaunch } from '../lib/first-launch.ts'
import { createLogin, createSessionOpener, type Login } from '../lib/login.ts'
import { createPasswordCheck } from '../lib/passwords/check.ts'
import { createHasher, type HasherOptions } from '../lib/passwords/hasher.ts'
import { createPasswordPolicy } from '../lib/passwords/policy.ts'
import { createSecondFactor } from '../lib/second-factor.ts'

declare module 'fastify' {
  interface FastifyInstance {
    accounts: FirstLaunch & { login: Login }
  }
}

export interface AccountsOptions {
  hasher?: HasherOptions
}

/** Who has proved who they are: first launch and login over one bounded hasher. */
export default fp<AccountsOptions>(
  async (app, options) => {
    const hasher = createHasher(options.hasher)
    const { authStore: store, sessions, clock: now } = app
    const checkPassword = createPasswordCheck({
      store,
      sessions,
      hasher,
      onRehashFailed: (err) => app.log.error({ err }, 'a stronger password hash could not be stored')
    })
    const checkSecondFactor = createSecondFactor({ store, hasher, now })
    const openSession = createSessionOpener({ store, sessions, now, ttl: app.config.sessionTtl })
    app.decorate('accounts', {
      ...createFirstLaunch({
        store,
        sessions,
        hasher,
        policy: createPasswordPolicy(),
        checkPassword,
        openSession,
        setupCode: app.config.setupCode
      }),
      login: createLogin({ store, checkPassword, checkSecondFactor, openSession })
    })
    app.addHook('onClose', () => hasher.close())
  },
  { name: 'accounts', dependencies: ['config', 'clock', 'auth-store', 'sessions'] }
)
