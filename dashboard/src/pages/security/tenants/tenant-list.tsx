import { t } from '../../../texts/index.ts'
import { texts } from '../../../texts/tenants.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { ellipsisVerticalIcon, keyIcon, pauseIcon, pencilIcon, playIcon, trash2Icon } from '../../../ui/icon-shapes.ts'
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { addressOf, type Tenant } from './tenant.ts'

export type TenantVerb = 'rename' | 'renew' | 'suspend' | 'resume' | 'remove'

interface TenantListProps {
  domain: string
  tenants: readonly Tenant[]
  onChoose(verb: TenantVerb, tenant: Tenant): void
}

export function TenantList({ domain, tenants, onChoose }: TenantListProps) {
  const columns: Column<Tenant>[] = [
    {
      key: 'tenant',
      title: texts.tenant,
      cell: ({ slug, name }) => (
        <span className="flex flex-col items-start">
          <span translate="no">{name}</span>
          <a
            href={addressOf(slug, domain)}
            translate="no"
            target="_blank"
            rel="noreferrer"
            className="text-xs font-normal break-all"
          >
            {slug}.{domain}
          </a>
        </span>
      )
    },
    {
      key: 'state',
      title: texts.state,
      cell: ({ is_active: isActive }) => (
        <Badge tone={isActive ? 'good' : 'bad'} hasMark>
          {isActive ? texts.active : texts.suspended}
        </Badge>
      )
    },
    { key: 'created', title: texts.created, isSecondary: true, cell: (tenant) => <Ago time={tenant.created_at} /> },
    {
      key: 'actions',
      title: t.security.actions,
      isNumeric: true,
      cell: (tenant) => (
        <Menu trigger={<IconButton icon={ellipsisVerticalIcon} label={texts.actions(tenant.slug)} />}>
          <MenuItem icon={pencilIcon} onSelect={() => onChoose('rename', tenant)}>
            {texts.rename}
          </MenuItem>
          <MenuItem icon={keyIcon} onSelect={() => onChoose('renew', tenant)}>
            {texts.renew}
          </MenuItem>
          {tenant.is_active ? (
            <MenuItem icon={pauseIcon} onSelect={() => onChoose('suspend', tenant)}>
              {texts.suspend}
            </MenuItem>
          ) : (
            <MenuItem icon={playIcon} onSelect={() => onChoose('resume', tenant)}>
              {texts.resume}
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem icon={trash2Icon} isDanger onSelect={() => onChoose('remove', tenant)}>
            {texts.remove}
          </MenuItem>
        </Menu>
      )
    }
  ]
  return <Table caption={texts.title} columns={columns} rows={tenants} keyOf={({ id }) => id} />
}
