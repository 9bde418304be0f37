import { readFile } from 'node:fs/promises'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { OPERATOR, slugOf } from '../../lib/auth/tenants.ts'
import { isKnownHost, parseHost } from '../../lib/net/origin.ts'
import { locations } from '../../lib/startup/locations.ts'
import { StorageError } from '../../lib/storage/storage-error.ts'

/** How long a replica remembers the id of a slug; a slug that was removed and created again has another id. */
const REMEMBER_MS = 1000
/** Remembered slugs of one replica. */
const CAPACITY = 20_000
/** While the database is away: a tenant without data, for the routes that answer without it. */
const NOBODY = -1

/** A browser opens a page: its visitor reads HTML, not JSON. */
const isNavigation = ({ headers: { accept }, routeOptions: { config } }: FastifyRequest): boolean =>
  config?.isStatic === true && accept?.includes('text/html') === true

/** The host name of a request decides its tenant (contract 14), before anything but the ban gate and the limits. */
export default fp(
  async (app) => {
    const { saasDomain, allowedHosts } = app.config
    if (saasDomain === '') return
    const { fastifyRequestContext, requestContext } = await import('@fastify/request-context')
    const unknownPage = await readFile(`${locations.plainPages}unknown-tenant.html`, 'utf8')
    const known = new Map<string, { id: number; at: number }>()

    /** Null for an unknown tenant. Throws StorageError while PostgreSQL is away and the slug is not remembered. */
    const idOf = async (slug: string): Promise<number | null> => {
      const found = known.get(slug)
      if (found && performance.now() - found.at < REMEMBER_MS) return found.id
      const id = await app.stores.tenants!.idOf(slug).catch((error: unknown) => {
        if (found) return found.id
        throw error
      })
      known.delete(slug)
      if (id === null) return null
      if (known.size >= CAPACITY) known.delete(known.keys().next().value!)
      known.set(slug, { id, at: performance.now() })
      return id
    }

    const tenantOf = async (request: FastifyRequest): Promise<number | null> => {
      const { config } = request.routeOptions
      const name = parseHost(request.client.host)?.name
      // Only HTTP/1.0 requests may lack Host; the origin check refuses an invalid one.
      if (name === undefined) return OPERATOR
      const slug = slugOf(name, saasDomain, (own) => isKnownHost(own, { ownNames: [], allowedHosts }))
      if (slug === null || slug === '') return slug === null ? null : OPERATOR
      requestContext.set('slug', slug)
      try {
        return await idOf(slug)
      } catch (error) {
        const answers = config?.isStatic || config?.survivesBrokenStore
        if (error instanceof StorageError && answers) return NOBODY
        throw error
      }
    }

    await app.register(fastifyRequestContext)
    app.addHook('onRequest', async function tenantGate(request, reply) {
      const id = await tenantOf(request)
      if (id === null) {
        if (!isNavigation(request)) throw new AppError('TENANT_UNKNOWN')
        return reply.code(404).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(unknownPage)
      }
      requestContext.set('tenant', id)
    })
  },
  { name: 'tenant-gate', dependencies: ['client-ip', 'config', 'stores'] }
)
