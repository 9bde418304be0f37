import { useState } from 'react'
import { formatAmount } from '../../../data/format.ts'
import { isOwner, roleOf } from '../../../data/role.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { hrefOf } from '../../../router.ts'
import { useTenant } from '../../../session/panel.ts'
import { useUser } from '../../../session/use-session.ts'
import { t } from '../../../texts/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button, buttonClass } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Fact, Facts } from '../../../ui/facts.tsx'
import { shieldCheckIcon, shieldOffIcon } from '../../../ui/icon-shapes.ts'
import { LogOutButton } from '../log-out-button.tsx'
import { loadTwoFactor } from '../two-factor-status.ts'
import { DisableAuthentication } from './disable-authentication.tsx'
import { PasswordCard } from './password-card.tsx'
import { TwoFactorCard } from './two-factor-card.tsx'

function ProtectionCard() {
  const texts = t.security.account
  const user = useUser()
  const tenant = useTenant()
  const [isRemoving, setRemoving] = useState(false)
  if (!user) return null
  return (
    <Card
      title={texts.protection}
      icon={shieldCheckIcon}
      aside={
        <Badge tone="good" hasMark>
          {texts.on}
        </Badge>
      }
    >
      <p className="text-sm text-muted">{texts.protectionText}</p>
      <Facts isWide>
        <Fact name={texts.username}>
          <span translate="no">{user.username}</span>
        </Fact>
        <Fact name={texts.role}>{roleOf(user)}</Fact>
        {user.reseller && (
          <>
            <Fact name={texts.reseller}>
              <span translate="no">{user.reseller.name}</span>
            </Fact>
            <Fact name={texts.balance}>{formatAmount(user.reseller.balance)}</Fact>
          </>
        )}
      </Facts>
      <div className="flex flex-wrap gap-2 pt-1">
        <a href={hrefOf('profile')} className={buttonClass('secondary', 'small')}>
          {texts.toProfile}
        </a>
        <LogOutButton />
        {/* A tenant without an owner needs a new setup code from its operator. */}
        {isOwner(user) && !tenant && (
          <Button size="small" look="danger" icon={shieldOffIcon} onClick={() => setRemoving(true)}>
            {texts.remove.button}
          </Button>
        )}
      </div>
      <DisableAuthentication isOpen={isRemoving} onClose={() => setRemoving(false)} />
    </Card>
  )
}

export function AccountTab() {
  const twoFactor = usePoll(loadTwoFactor, 0)
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <ProtectionCard />
        <TwoFactorCard polled={twoFactor} />
      </div>
      <PasswordCard />
    </div>
  )
}
