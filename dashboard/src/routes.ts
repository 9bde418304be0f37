import type { ComponentType } from 'react'
import type { User } from './session/state.ts'
import { t } from './texts/index.ts'
import {
  hardDriveIcon,
  layoutDashboardIcon,
  listTreeIcon,
  networkIcon,
  type Shape,
  scrollTextIcon,
  shieldIcon,
  squareTerminalIcon,
  userIcon
} from './ui/icon-shapes.ts'

export interface PageProps {
  /** What stands behind the page's own path: `['tokens']` at `#/security/tokens`. */
  rest: string[]
}

type Permission = User['permissions'][number]

export interface Route {
  /** The first part of the path; empty for the front page. */
  path: string
  title: string
  icon: Shape
  /** Where a link to it stands: beside the pages, in the menu behind the avatar, or both. */
  place: 'nav' | 'menu' | 'both'
  /** Who lacks it, or any of them, does not see the link, and is told on the page. */
  permission?: Permission | readonly Permission[]
  /** What stands behind its path is another page, and no tab or filter of one. */
  hasSubPages?: boolean
  /** On a phone it stands in the bar; the others are behind "More" as far as those leave no room. */
  isInBar?: boolean
  /** Only for who is logged in: there is no account in open mode. */
  needsAccount?: boolean
  /** Loaded when it is first opened. */
  load: () => Promise<{ default: ComponentType<PageProps> }>
}

/** Every page there is, in the order of the navigation. A new page is one line here, and a folder in pages/. */
export const routes: readonly Route[] = [
  {
    path: '',
    title: t.nav.overview,
    icon: layoutDashboardIcon,
    place: 'nav',
    permission: 'system.view',
    isInBar: true,
    load: () => import('./pages/overview/overview.tsx')
  },
  {
    path: 'storage',
    title: t.nav.storage,
    icon: hardDriveIcon,
    place: 'nav',
    permission: 'system.view',
    load: () => import('./pages/storage/storage.tsx')
  },
  {
    path: 'network',
    title: t.nav.network,
    icon: networkIcon,
    place: 'nav',
    permission: 'system.view',
    load: () => import('./pages/network/network.tsx')
  },
  {
    path: 'processes',
    title: t.nav.processes,
    icon: listTreeIcon,
    place: 'nav',
    permission: 'system.view',
    load: () => import('./pages/processes/processes.tsx')
  },
  {
    path: 'logs',
    title: t.nav.logs,
    icon: scrollTextIcon,
    place: 'nav',
    permission: 'logs.view',
    isInBar: true,
    load: () => import('./pages/logs/logs.tsx')
  },
  {
    path: 'terminal',
    title: t.terminal.title,
    icon: squareTerminalIcon,
    place: 'nav',
    permission: ['terminal.open', 'terminal.watch'],
    hasSubPages: true,
    isInBar: true,
    load: () => import('./pages/terminal/terminal.tsx')
  },
  {
    path: 'security',
    title: t.security.title,
    icon: shieldIcon,
    place: 'both',
    isInBar: true,
    load: () => import('./pages/security/security.tsx')
  },
  {
    path: 'profile',
    title: t.profile.title,
    icon: userIcon,
    place: 'menu',
    needsAccount: true,
    load: () => import('./pages/profile/profile.tsx')
  }
]

/** What a route asks for, any of which will do; none where it asks for nothing. */
export const permissionsOf = ({ permission = [] }: Route): readonly Permission[] => [permission].flat() as Permission[]

export const findRoute = (path: string): Route | undefined => routes.find((route) => route.path === path)
