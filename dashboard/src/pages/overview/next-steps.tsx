import { suggestNextSteps, useNextSteps } from '../../data/next-steps.ts'
import { isOwner } from '../../data/role.ts'
import { hrefOf } from '../../router.ts'
import { schemeHere } from '../../session/url-migration.ts'
import { useUser } from '../../session/use-session.ts'
import { texts } from '../../texts/next-steps.ts'
import { IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Icon } from '../../ui/icon.tsx'
import {
  bellIcon,
  keyRoundIcon,
  lockIcon,
  type Shape,
  shieldCheckIcon,
  smartphoneIcon,
  xIcon
} from '../../ui/icon-shapes.ts'

interface Step {
  href: string
  icon: Shape
  name: string
  text: string
}

const listSteps = (): Step[] => [
  { href: hrefOf('security', 'account'), icon: smartphoneIcon, name: texts.twoFactor, text: texts.twoFactorText },
  ...(schemeHere() === 'http'
    ? [{ href: hrefOf('security', 'https'), icon: lockIcon, name: texts.https, text: texts.httpsText }]
    : []),
  { href: hrefOf('settings', 'alerts'), icon: bellIcon, name: texts.alerts, text: texts.alertsText },
  { href: hrefOf('security', 'tokens'), icon: keyRoundIcon, name: texts.token, text: texts.tokenText }
]

/** What to set up after the first launch; only on the page that created the owner. */
export function NextSteps() {
  const isSuggested = useNextSteps()
  const user = useUser()
  if (!isSuggested || !user || !isOwner(user)) return null
  const close = () => {
    suggestNextSteps(false)
    document.getElementById('main')?.focus()
  }
  return (
    <Card
      title={texts.title}
      icon={shieldCheckIcon}
      aside={<IconButton icon={xIcon} label={texts.close} onClick={close} className="-my-2 -mr-2" />}
    >
      <p className="text-sm text-muted">{texts.lead}</p>
      <ul className="grid gap-x-6 gap-y-3 sm:grid-cols-2 xl:grid-cols-4">
        {listSteps().map(({ href, icon, name, text }) => (
          <li key={href} className="flex items-start gap-2.5 text-sm">
            <Icon shape={icon} className="mt-0.5 text-muted" />
            <span className="flex flex-col">
              <a href={href}>{name}</a>
              <span className="text-muted">{text}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
