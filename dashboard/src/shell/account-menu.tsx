import { useEffect } from 'react'
import { hrefOf } from '../router.ts'
import { routes } from '../routes.ts'
import { useTenant } from '../session/panel.ts'
import { useUser } from '../session/use-session.ts'
import { t } from '../texts/index.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { logOutIcon, settingsIcon } from '../ui/icon-shapes.ts'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu.tsx'
import { LanguageChoices } from './language-menu.tsx'
import { logOut } from './log-out.ts'
import { forgetProfile, reloadProfile, useProfile } from './profile.ts'

/** The avatar and its menu: the user's own pages and logout. */
export function AccountMenu() {
  const user = useUser()
  const tenant = useTenant()
  const { profile, avatarUrl } = useProfile()
  const id = user?.id
  useEffect(() => {
    if (id === undefined) return
    void reloadProfile()
    return forgetProfile
  }, [id])

  const name = profile?.display_name || user?.display_name || user?.username || ''
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={user ? t.shell.account(name) : t.shell.menu}
          className="flex size-10 items-center justify-center rounded-full hover:bg-raised"
        >
          {user ? <Avatar name={name} url={avatarUrl} /> : <Icon shape={settingsIcon} />}
        </button>
      }
    >
      {user && (
        <MenuLabel>
          <span className="block text-xs text-muted">{t.shell.loggedInAs}</span>
          <span translate="no" className="font-medium">
            {name}
          </span>
        </MenuLabel>
      )}
      {routes
        .filter((route) => route.place !== 'nav' && (user || !route.needsAccount) && (!tenant || route.isForTenants))
        .map((route) => (
          <MenuItem key={route.path} icon={route.icon} href={hrefOf(route.path)}>
            {route.title}
          </MenuItem>
        ))}
      <MenuSeparator />
      <LanguageChoices />
      {user && (
        <>
          <MenuSeparator />
          <MenuItem icon={logOutIcon} onSelect={() => void logOut()}>
            {t.shell.logOut}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
