import { type Static, Type } from 'typebox'

export const PermissionSchema = Type.Union(
  [
    Type.Literal('system.view'),
    Type.Literal('logs.view'),
    Type.Literal('security.view'),
    Type.Literal('security.manage'),
    Type.Literal('health.manage'),
    Type.Literal('tokens.manage'),
    Type.Literal('users.manage'),
    Type.Literal('tenants.manage'),
    Type.Literal('resellers.manage'),
    Type.Literal('gateway.manage'),
    Type.Literal('guests.control'),
    Type.Literal('alerts.manage'),
    Type.Literal('terminal.open'),
    Type.Literal('terminal.watch'),
    Type.Literal('*')
  ],
  { title: 'Permission' }
)
export type Permission = Static<typeof PermissionSchema>

export const UserTypeSchema = Type.Union(
  [
    Type.Literal('admin'),
    Type.Literal('reseller'),
    Type.Literal('support'),
    Type.Literal('collector'),
    Type.Literal('customer')
  ],
  { title: 'UserType', examples: ['support'] }
)
export type UserType = Static<typeof UserTypeSchema>

export const ScopeSchema = Type.Union([Type.Literal('read_only'), Type.Literal('full_admin')], {
  title: 'Scope',
  examples: ['read_only']
})
export type Scope = Static<typeof ScopeSchema>
