import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'
import type { Tenant } from '../../lib/storage/stores/tenants.ts'
import { actorOf } from '../../plugins/server/caller.ts'
import {
  NewTenantBodySchema,
  NewTenantReplySchema,
  SetupCodeReplySchema,
  TenantChangesBodySchema,
  TenantParamsSchema,
  TenantQuerySchema,
  TenantReplySchema,
  TenantsReplySchema
} from '../../schemas/auth/tenant.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'

/** 404 where there are no tenants. */
const refuses = ['NOT_FOUND'] as const
const reading = { access: { permission: 'tenants.manage', account: true, notOfReseller: true }, refuses } as const
const changing = {
  access: { permission: 'tenants.manage', account: true, scope: 'session', notOfReseller: true },
  stepUp: true,
  refuses
} as const

const describe = ({ id, slug, name, isActive, createdAt }: Tenant) => ({
  id,
  slug,
  name,
  is_active: isActive,
  created_at: new Date(createdAt).toISOString()
})

/** Throws NOT_FOUND. */
function existing<T>(found: T | null): T {
  if (found === null) throw new AppError('NOT_FOUND', { message: 'there is no such tenant' })
  return found
}

/** The operator's tenants (contract 14). */
const tenantRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const schema = (operationId: string, summary: string) => ({ operationId, tags: ['tenants'], summary })
  const idOf = (request: FastifyRequest) => Number((request.params as { id: string }).id)
  // The port of this request, for panels that are reached at another than 443.
  const urlOf = ({ client }: FastifyRequest, slug: string) =>
    `${client.scheme}://${slug}.${app.config.saasDomain}${/:\d+$/.exec(client.host)?.[0] ?? ''}/`

  app.get(
    '',
    {
      config: reading,
      schema: {
        ...schema('listTenants', 'List the tenants of this panel, by slug'),
        querystring: TenantQuerySchema,
        response: { 200: TenantsReplySchema }
      }
    },
    async ({ query: { after = '', limit = 1000 } }) => {
      const found = await app.tenants().list(after, limit + 1)
      const page = found.slice(0, limit)
      return {
        success: true as const,
        tenants: page.map(describe),
        next_after: found.length > limit ? page.at(-1)!.slug : null
      }
    }
  )

  app.post(
    '',
    {
      config: { ...changing, requiredMessage: 'slug and name are required' },
      schema: {
        ...schema('createTenant', 'Create a tenant'),
        description: 'It is a first launch under its own host name, which asks for the setup code.',
        body: NewTenantBodySchema,
        response: { 201: NewTenantReplySchema }
      }
    },
    async (request, reply) => {
      const { slug, name } = request.body
      const created = await app.tenants().create(slug, name)
      if (created === null) throw new AppError('CONFLICT', { message: 'another tenant has this slug' })
      app.auditLog.tenantCreated({ ...actorOf(request), target: slug })
      const { tenant, setupCode: setup_code } = created
      return reply
        .code(201)
        .send({ success: true, tenant: describe(tenant), setup_code, setup_url: urlOf(request, slug) })
    }
  )

  app.get(
    '/:id',
    {
      config: reading,
      schema: { ...schema('getTenant', 'One tenant'), params: TenantParamsSchema, response: { 200: TenantReplySchema } }
    },
    async (request) => ({
      success: true as const,
      tenant: describe(existing(await app.tenants().find(idOf(request))))
    })
  )

  app.patch(
    '/:id',
    {
      config: changing,
      schema: {
        ...schema('changeTenant', 'Rename, suspend or resume a tenant'),
        description: 'Every request to a suspended tenant is refused with 403 `account is disabled`.',
        params: TenantParamsSchema,
        body: TenantChangesBodySchema,
        response: { 200: TenantReplySchema }
      }
    },
    async (request) => {
      const { name, is_active: isActive } = request.body
      const change = { ...(name !== undefined && { name }), ...(isActive !== undefined && { isActive }) }
      const tenant = existing(await app.tenants().change(idOf(request), change))
      app.auditLog.tenantChanged({ ...actorOf(request), target: tenant.slug })
      return { success: true as const, tenant: describe(tenant) }
    }
  )

  app.delete(
    '/:id',
    {
      config: changing,
      schema: {
        ...schema('removeTenant', 'Remove a tenant with its users, sessions, API tokens and audit index'),
        params: TenantParamsSchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const { slug } = existing(await app.tenants().remove(idOf(request)))
      app.auditLog.tenantRemoved({ ...actorOf(request), target: slug })
      return { success: true, message: 'tenant removed' } as const
    }
  )

  app.post(
    '/:id/setup-code',
    {
      config: changing,
      schema: {
        ...schema('renewSetupCode', 'A new setup code for a tenant without an owner; the last one ends'),
        params: TenantParamsSchema,
        response: { 200: SetupCodeReplySchema }
      }
    },
    async (request) => {
      const tenant = existing(await app.tenants().find(idOf(request)))
      const code = await app.tenants().renewSetupCode(tenant.id)
      if (code === null) throw new AppError('CONFLICT', { message: 'this tenant has an owner already' })
      app.auditLog.setupCodeRenewed({ ...actorOf(request), target: tenant.slug })
      return { success: true as const, setup_code: code, setup_url: urlOf(request, tenant.slug) }
    }
  )
}
export default tenantRoutes
