import { Fragment } from 'react'
import { nameOfPermission } from '../../../api/permission-names.ts'
import { isOwner, roleOf } from '../../../data/role.ts'
import type { User } from '../../../session/state.ts'
import { useUser } from '../../../session/use-session.ts'
import { t } from '../../../texts/index.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { ellipsisVerticalIcon, lockOpenIcon, logOutIcon, pencilIcon, trash2Icon } from '../../../ui/icon-shapes.ts'
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import type { Reseller } from '../resellers/reseller.ts'
import type { UserDetail } from './draft.ts'

export type UserVerb = 'edit' | 'unlock' | 'endSessions' | 'remove'

/** The daemon's rule: only the owner can change the owner, an admin, or a user with more permissions. */
function mayChange(me: User, user: UserDetail): boolean {
  if (isOwner(me)) return true
  if (isOwner(user) || user.user_type === 'admin') return false
  return me.permissions.includes('*') || user.permissions.every((permission) => me.permissions.includes(permission))
}

function Permissions({ user: { permissions } }: { user: UserDetail }) {
  const texts = t.security.users
  if (permissions.includes('*')) return nameOfPermission('*')
  if (permissions.length === 0) return <span className="text-muted">{texts.nothing}</span>
  return (
    <span className="text-xs">
      {permissions.map((id, i) => (
        <Fragment key={id}>
          {i > 0 && ', '}
          <span title={id}>{nameOfPermission(id)}</span>
        </Fragment>
      ))}
    </span>
  )
}

interface UserListProps {
  users: readonly UserDetail[]
  /** Null if the user may not see them. */
  resellers: readonly Reseller[] | null
  onChoose(verb: UserVerb, user: UserDetail): void
}

export function UserList({ users, resellers, onChoose }: UserListProps) {
  const texts = t.security.users
  const me = useUser()
  const resellerOf = ({ reseller_id: id }: UserDetail) => resellers?.find((reseller) => reseller.id === id)
  const columns: Column<UserDetail>[] = [
    {
      key: 'user',
      title: texts.user,
      cell: (user) => (
        <span className="flex flex-col">
          <span translate="no">
            {user.username}
            {user.id === me?.id && <span className="font-normal text-muted"> ({texts.you})</span>}
          </span>
          {user.display_name && (
            <span translate="no" className="text-xs font-normal text-muted">
              {user.display_name}
            </span>
          )}
          <span className="text-xs font-normal text-muted md:hidden">
            {roleOf(user)}
            {resellerOf(user) && (
              <>
                {' · '}
                <span translate="no">{resellerOf(user)!.name}</span>
              </>
            )}
          </span>
        </span>
      )
    },
    {
      key: 'type',
      title: texts.type,
      isSecondary: true,
      cell: (user) => <span title={user.user_type}>{roleOf(user)}</span>
    },
    {
      key: 'state',
      title: texts.state,
      cell: (user) => (
        <span className="flex flex-wrap gap-1.5">
          <Badge tone={user.is_active ? 'good' : 'bad'} hasMark>
            {user.is_active ? texts.active : texts.disabled}
          </Badge>
          {resellerOf(user)?.is_active === false && <Badge tone="bad">{texts.resellerSuspended}</Badge>}
          {user.totp_enabled && <Badge tone="good">{texts.twoFactor}</Badge>}
        </span>
      )
    },
    ...(resellers?.length
      ? [
          {
            key: 'reseller',
            title: texts.reseller,
            isSecondary: true,
            cell: (user: UserDetail) => <span translate="no">{resellerOf(user)?.name}</span>
          }
        ]
      : []),
    { key: 'permissions', title: texts.permissions, isSecondary: true, cell: (user) => <Permissions user={user} /> },
    {
      key: 'login',
      title: texts.lastLogin,
      isSecondary: true,
      cell: ({ last_login_at: at }) => (at ? <Ago time={at} /> : <span className="text-muted">{texts.never}</span>)
    },
    {
      key: 'actions',
      title: t.security.actions,
      isNumeric: true,
      cell: (user) =>
        me &&
        mayChange(me, user) && (
          <Menu trigger={<IconButton icon={ellipsisVerticalIcon} label={texts.actions(user.username)} />}>
            <MenuItem icon={pencilIcon} onSelect={() => onChoose('edit', user)}>
              {texts.edit}
            </MenuItem>
            <MenuItem icon={lockOpenIcon} onSelect={() => onChoose('unlock', user)}>
              {texts.unlock}
            </MenuItem>
            {user.id !== me.id && (
              <MenuItem icon={logOutIcon} onSelect={() => onChoose('endSessions', user)}>
                {texts.endSessions}
              </MenuItem>
            )}
            {user.id !== me.id && !isOwner(user) && (
              <>
                <MenuSeparator />
                <MenuItem icon={trash2Icon} isDanger onSelect={() => onChoose('remove', user)}>
                  {texts.remove}
                </MenuItem>
              </>
            )}
          </Menu>
        )
    }
  ]
  return <Table caption={texts.title} columns={columns} rows={users} keyOf={({ id }) => id} />
}
