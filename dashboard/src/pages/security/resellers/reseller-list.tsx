import { formatAmount } from '../../../data/format.ts'
import { t } from '../../../texts/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { banIcon, circleCheckIcon, ellipsisVerticalIcon, pencilIcon, trash2Icon } from '../../../ui/icon-shapes.ts'
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import type { Reseller } from './reseller.ts'

export type ResellerVerb = 'edit' | 'suspend' | 'activate' | 'remove'

interface ResellerListProps {
  resellers: readonly Reseller[]
  /** The number of users by reseller; null if the caller may not see users. */
  userCounts: ReadonlyMap<number, number> | null
  onChoose(verb: ResellerVerb, reseller: Reseller): void
}

export function ResellerList({ resellers, userCounts, onChoose }: ResellerListProps) {
  const texts = t.security.resellers
  const columns: Column<Reseller>[] = [
    { key: 'name', title: texts.name, cell: ({ name }) => <span translate="no">{name}</span> },
    {
      key: 'state',
      title: texts.state,
      cell: ({ is_active: isActive }) => (
        <Badge tone={isActive ? 'good' : 'bad'} hasMark>
          {isActive ? texts.active : texts.suspended}
        </Badge>
      )
    },
    { key: 'balance', title: texts.balance, isNumeric: true, cell: ({ balance }) => formatAmount(balance) },
    ...(userCounts
      ? [
          {
            key: 'users',
            title: texts.users,
            isNumeric: true,
            isSecondary: true,
            cell: ({ id }: Reseller) => userCounts.get(id) ?? 0
          }
        ]
      : []),
    {
      key: 'actions',
      title: t.security.actions,
      isNumeric: true,
      cell: (reseller) => (
        <Menu trigger={<IconButton icon={ellipsisVerticalIcon} label={texts.actions(reseller.name)} />}>
          <MenuItem icon={pencilIcon} onSelect={() => onChoose('edit', reseller)}>
            {texts.edit}
          </MenuItem>
          {reseller.is_active ? (
            <MenuItem icon={banIcon} onSelect={() => onChoose('suspend', reseller)}>
              {texts.suspend}
            </MenuItem>
          ) : (
            <MenuItem icon={circleCheckIcon} onSelect={() => onChoose('activate', reseller)}>
              {texts.activate}
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem icon={trash2Icon} isDanger onSelect={() => onChoose('remove', reseller)}>
            {texts.remove}
          </MenuItem>
        </Menu>
      )
    }
  ]
  return <Table caption={texts.title} columns={columns} rows={resellers} keyOf={({ id }) => id} />
}
