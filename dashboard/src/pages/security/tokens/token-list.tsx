import { formatDate } from '../../../data/format.ts'
import { hostNow } from '../../../data/host-clock.ts'
import { useUser } from '../../../session/use-session.ts'
import { t } from '../../../texts/index.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { banIcon, ellipsisVerticalIcon, rotateCwIcon } from '../../../ui/icon-shapes.ts'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { stateOf, type Token } from './token-state.ts'

interface TokenListProps {
  tokens: readonly Token[]
  onRotate(token: Token): void
  onRevoke(token: Token): void
}

function Name({ token, isOthers }: { token: Token; isOthers: boolean }) {
  const texts = t.security.tokens
  return (
    <span className="flex flex-col items-start gap-1">
      <span translate="no">
        {token.name}{' '}
        <span className="font-mono text-xs font-normal whitespace-nowrap text-muted">{token.token_prefix}</span>
      </span>
      <span className="flex flex-wrap items-center gap-1.5 font-normal">
        <Badge tone={token.scope === 'full_admin' ? 'warn' : 'neutral'}>{texts.scopes[token.scope]}</Badge>
        {isOthers && (
          <span translate="no" className="text-xs text-muted">
            {token.username ?? texts.removedUser}
          </span>
        )}
        {token.allowed_ips && (
          <span className="text-xs text-muted">
            {texts.onlyFrom} <span translate="no">{token.allowed_ips}</span>
          </span>
        )}
      </span>
      <span className="text-xs font-normal text-muted md:hidden">
        {texts.lastUsed}: {token.last_used_at ? <Ago time={token.last_used_at} /> : texts.never}
      </span>
    </span>
  )
}

function State({ token }: { token: Token }) {
  const texts = t.security.tokens
  const { tone, label, isEnded } = stateOf(token, hostNow())
  return (
    <span className="flex flex-col items-start gap-1" title={token.valid === null ? texts.unknownHint : undefined}>
      <Badge tone={tone} hasMark>
        {label}
      </Badge>
      {token.ends_at && !isEnded && <span className="text-xs text-warn">{texts.ends(formatDate(token.ends_at))}</span>}
    </span>
  )
}

export function TokenList({ tokens, onRotate, onRevoke }: TokenListProps) {
  const texts = t.security.tokens
  const user = useUser()
  const isOwn = (token: Token) => token.user_id === user?.id
  const columns: Column<Token>[] = [
    {
      key: 'name',
      title: texts.name,
      cell: (token) => <Name token={token} isOthers={!isOwn(token)} />
    },
    { key: 'state', title: texts.status, cell: (token) => <State token={token} /> },
    {
      key: 'used',
      title: texts.lastUsed,
      isSecondary: true,
      cell: (token) =>
        token.last_used_at ? (
          <span className="flex flex-col">
            <Ago time={token.last_used_at} />
            <span translate="no" className="text-xs text-muted">
              {token.last_used_ip}
            </span>
          </span>
        ) : (
          <span className="text-muted">{texts.never}</span>
        )
    },
    { key: 'created', title: texts.created, isSecondary: true, cell: (token) => <Ago time={token.created_at} /> },
    { key: 'expires', title: texts.expires, isSecondary: true, cell: (token) => <Ago time={token.expires_at} /> },
    {
      key: 'actions',
      title: t.security.actions,
      isNumeric: true,
      cell: (token) => {
        const { isEnded } = stateOf(token, hostNow())
        if (isEnded) return null
        const mayRotate = isOwn(token) && token.ends_at === undefined
        return (
          <Menu trigger={<IconButton icon={ellipsisVerticalIcon} label={texts.actions(token.name)} />}>
            {mayRotate && (
              <MenuItem icon={rotateCwIcon} onSelect={() => onRotate(token)}>
                {texts.rotate}
              </MenuItem>
            )}
            <MenuItem icon={banIcon} isDanger onSelect={() => onRevoke(token)}>
              {texts.revoke}
            </MenuItem>
          </Menu>
        )
      }
    }
  ]
  return <Table caption={texts.title} columns={columns} rows={tokens} keyOf={(token) => token.id} />
}
