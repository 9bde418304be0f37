import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

const slug = Type.String({
  pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
  description: 'The first label of the tenant’s host name: lower-case letters, digits and hyphens.',
  examples: ['acme']
})
const name = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]*$',
  examples: ['Acme Ltd']
})

const example = { id: 3, slug: 'acme', name: 'Acme Ltd', is_active: true, created_at: '2026-04-24T14:32:11.000Z' }

const TenantSchema = NamedObject(
  'Tenant',
  {
    id: Type.Integer({ minimum: 1 }),
    slug,
    name,
    is_active: Type.Boolean({ description: 'False for a suspended tenant: all its requests are refused.' }),
    created_at: Type.String({ format: 'date-time', description: 'ISO-8601.' })
  },
  { examples: [example] }
)

export const TenantQuerySchema = ClosedObject({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 1000 })),
  after: Type.Optional(Type.String({ maxLength: 63, description: 'The `next_after` of the page before.' }))
})

export const TenantParamsSchema = ClosedObject({
  id: Type.Integer({ minimum: 1, maximum: 999_999_999, description: 'The tenant’s id.', examples: [3] })
})

export const NewTenantBodySchema = ClosedObject({ slug, name })

export const TenantChangesBodySchema = ClosedObject({
  name: Type.Optional(name),
  is_active: Type.Optional(Type.Boolean())
})
export type TenantChangesBody = Static<typeof TenantChangesBodySchema>

export const TenantsReplySchema = Type.Object(
  {
    success: SuccessSchema,
    tenants: Type.Array(TenantSchema),
    next_after: Nullable(Type.String({ description: 'Pass it as `after` for the next page; null on the last one.' }))
  },
  { examples: [{ success: true, tenants: [example], next_after: null }] }
)
export const TenantReplySchema = NamedObject(
  'TenantReply',
  { success: SuccessSchema, tenant: TenantSchema },
  { examples: [{ success: true, tenant: example }] }
)

const setup = {
  setup_code: Type.String({
    description: 'The first launch under the tenant’s name asks for it. Valid for 24 hours, once; shown only here.',
    examples: ['b7Zs0QvQe1mWb3KJt4Ea']
  }),
  setup_url: Type.String({ description: 'The tenant’s page.', examples: ['https://acme.panel.example.com/'] })
}
const setupExample = { setup_code: 'b7Zs0QvQe1mWb3KJt4Ea', setup_url: 'https://acme.panel.example.com/' }
export const NewTenantReplySchema = Type.Object(
  { success: SuccessSchema, tenant: TenantSchema, ...setup },
  { examples: [{ success: true, tenant: example, ...setupExample }] }
)
export const SetupCodeReplySchema = Type.Object(
  { success: SuccessSchema, ...setup },
  { examples: [{ success: true, ...setupExample }] }
)
