import { hrefOf } from '../router.ts'
import type { Route } from '../routes.ts'
import { t } from '../texts/index.ts'
import { cx } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { ellipsisIcon } from '../ui/icon-shapes.ts'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { useLinks } from './links.ts'
import { useShownPlace } from './shown-place.ts'

/** The number of pages that fit into a phone's bar next to "More". */
const BAR = 4

interface NavigationProps {
  /** This host runs Proxmox VE. */
  hasProxmox: boolean
}

function useNavigation({ hasProxmox }: NavigationProps) {
  const { pages, external } = useLinks(hasProxmox)
  const [current = ''] = useShownPlace()
  return { links: pages.filter(({ place }) => place !== 'menu'), external, current }
}

/** The side navigation: labels from 1024 px, icons from 640 px. */
export function Sidebar(props: NavigationProps) {
  const { links, external, current } = useNavigation(props)
  const look = (isCurrent: boolean) =>
    cx(
      'flex min-h-10 items-center gap-3 rounded-lg px-3 text-sm font-medium no-underline max-lg:justify-center max-lg:px-0',
      isCurrent ? 'bg-accent-bg text-accent' : 'text-muted hover:bg-raised hover:text-text'
    )
  return (
    <nav
      aria-label={t.nav.label}
      className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] w-16 shrink-0 flex-col justify-between overflow-y-auto border-r bg-surface p-3 sm:flex lg:w-56"
    >
      <ul className="flex flex-col gap-1">
        {links.map(({ path, title, icon }) => (
          <li key={path}>
            <a
              href={hrefOf(path)}
              title={title}
              aria-current={path === current ? 'page' : undefined}
              className={look(path === current)}
            >
              <Icon shape={icon} />
              <span className="max-lg:sr-only">{title}</span>
            </a>
          </li>
        ))}
      </ul>
      <ul className="flex flex-col gap-1">
        {external.map(({ href, title, icon }) => (
          <li key={href}>
            <a href={href} title={title} className={look(false)}>
              <Icon shape={icon} />
              <span className="max-lg:sr-only">{title}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The pages in the bar. Pages without permission are replaced by the next ones. */
function divide(links: readonly Route[]): [first: Route[], rest: Route[]] {
  const chosen = [...links.filter(({ isInBar }) => isInBar), ...links.filter(({ isInBar }) => !isInBar)].slice(0, BAR)
  return [links.filter((link) => chosen.includes(link)), links.filter((link) => !chosen.includes(link))]
}

/** The bottom bar on phones: four pages and a menu with the rest. */
export function BottomBar(props: NavigationProps) {
  const { links, external, current } = useNavigation(props)
  const [first, rest] = divide(links)
  const look = (isCurrent: boolean) =>
    cx(
      'flex min-h-14 w-full flex-col items-center justify-center gap-0.5 text-[0.6875rem] font-medium no-underline',
      'focus-visible:-outline-offset-2',
      isCurrent ? 'text-accent' : 'text-muted'
    )
  return (
    <nav
      aria-label={t.nav.label}
      className="fixed inset-x-0 bottom-0 z-20 border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <ul className="flex">
        {first.map(({ path, title, icon }) => (
          <li key={path} className="min-w-0 flex-1">
            <a
              href={hrefOf(path)}
              aria-current={path === current ? 'page' : undefined}
              className={look(path === current)}
            >
              <Icon shape={icon} className="size-5" />
              {title}
            </a>
          </li>
        ))}
        <li className="min-w-0 flex-1">
          <Menu
            trigger={
              <button type="button" className={look(rest.some(({ path }) => path === current))}>
                <Icon shape={ellipsisIcon} className="size-5" />
                {t.nav.more}
              </button>
            }
          >
            {rest.map(({ path, title, icon }) => (
              <MenuItem key={path} icon={icon} href={hrefOf(path)}>
                {title}
              </MenuItem>
            ))}
            {external.map(({ href, title, icon }) => (
              <MenuItem key={href} icon={icon} href={href}>
                {title}
              </MenuItem>
            ))}
          </Menu>
        </li>
      </ul>
    </nav>
  )
}
