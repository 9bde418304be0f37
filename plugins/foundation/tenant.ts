import type { AsyncLocalStorage } from 'node:async_hooks'
import type { RequestContextData } from '@fastify/request-context'
import fp from 'fastify-plugin'
import { OPERATOR } from '../../lib/auth/tenants.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The tenant that the present request belongs to. On a host, and in a panel without tenants, it is the operator. */
    tenant: {
      /** The tenant's id. Throws outside of a request: code without a tenant must not touch a tenant's data. */
      current(): number
      /** The tenant's name in the host name; empty for the operator. */
      slug(): string
      /** The same, or the operator outside of a request: for events of the host itself. */
      orOperator(): number
      /** Runs the work of a tenant outside of its requests. */
      within<T>(id: number, work: () => T): T
    }
  }
}
declare module '@fastify/request-context' {
  interface RequestContextData {
    tenant: number
    slug?: string
  }
}

export default fp(
  async (app) => {
    if (app.config.saasDomain === '') {
      app.decorate('tenant', {
        current: () => OPERATOR,
        slug: () => '',
        orOperator: () => OPERATOR,
        within: (_, work) => work()
      })
      return
    }
    const { asyncLocalStorage, requestContext } = await import('@fastify/request-context')
    // The package declares another type: its store holds the data itself.
    const storage = asyncLocalStorage as unknown as AsyncLocalStorage<RequestContextData>
    app.decorate('tenant', {
      current() {
        const id = requestContext.get('tenant')
        if (id === undefined) throw new Error('there is no tenant outside of a request')
        return id
      },
      slug: () => requestContext.get('slug') ?? '',
      orOperator: () => requestContext.get('tenant') ?? OPERATOR,
      within: (id, work) => storage.run({ tenant: id }, work)
    })
  },
  { name: 'tenant', dependencies: ['config'] }
)
