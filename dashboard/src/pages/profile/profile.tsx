import { hrefOf } from '../../router.ts'
import { useUser } from '../../session/use-session.ts'
import { t } from '../../texts/index.ts'
import { Page } from '../../ui/page.tsx'
import { AccountCard } from './account-card.tsx'
import { AvatarCard } from './avatar-card.tsx'

/** The user's own display name and avatar. */
export default function Profile() {
  const texts = t.profile
  const user = useUser()
  if (!user) return null
  return (
    <Page title={texts.title} help="avatar-and-profile">
      <div className="flex max-w-xl flex-col gap-4">
        <AvatarCard />
        <AccountCard user={user} />
        <p className="text-sm text-muted">
          <a href={hrefOf('security')}>{texts.toSecurity}</a>
        </p>
      </div>
    </Page>
  )
}
