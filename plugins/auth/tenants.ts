import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { createTenants, type Tenants } from '../../lib/auth/tenants.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The operator's administration of a panel's tenants. On a host, and in a panel without a domain, it throws 404. */
    tenants(): Tenants
  }
}

export default fp(
  async (app) => {
    const { saasDomain } = app.config
    const tenants = app.stores.tenants && saasDomain !== '' ? createTenants(app.stores.tenants, app.clock) : null
    app.decorate('tenants', () => {
      if (tenants === null) throw new AppError('NOT_FOUND', { message: 'this is no panel with tenants' })
      return tenants
    })
  },
  { name: 'tenants', dependencies: ['config', 'clock', 'stores'] }
)
