import type { ComponentType } from 'react'
import type { User } from './session/state.ts'
import { t } from './texts/index.ts'
import {
  cpuIcon,
  hardDriveIcon,
  layoutDashboardIcon,
  listTreeIcon,
  networkIcon,
  type Shape,
  scrollTextIcon,
  serverIcon,
  settingsIcon,
  shieldIcon,
  squareTerminalIcon,
  userIcon
} from './ui/icon-shapes.ts'

export interface PageProps {
  /** The parts of the URL after the page's own path: `['tokens']` at `#/security/tokens`. */
  rest: string[]
}

type Permission = User['permissions'][number]

export interface Route {
  /** The first part of the path; empty for the overview. */
  path: string
  title: string
  icon: Shape
  /** Where the link appears: in the navigation, in the account menu, or both. */
  place: 'nav' | 'menu' | 'both'
  /** A user needs one of these permissions. Otherwise the link is hidden, and the page names the permission. */
  permission?: Permission | readonly Permission[]
  /** The parts after its path are separate pages, not tabs or filters. */
  hasSubPages?: boolean
  /** On a phone the page appears in the bar if it fits; other pages are behind "More". */
  isInBar?: boolean
  /** It concerns accounts, so a tenant of a panel has it too. */
  isForTenants?: boolean
  /** Requires an account, so it is not available while authentication is off. */
  needsAccount?: boolean
  /** Linked only where this host runs Proxmox VE. */
  needsProxmox?: boolean
  /** Loaded on first use. */
  load: () => Promise<{ default: ComponentType<PageProps> }>
}

/** All pages in the order of the navigation. A new page is one line here and a folder in pages/. */
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
    path: 'guests',
    title: t.nav.guests,
    icon: serverIcon,
    place: 'nav',
    permission: 'system.view',
    needsProxmox: true,
    hasSubPages: true,
    load: () => import('./pages/guests/guests.tsx')
  },
  {
    path: 'storage',
    title: t.nav.storage,
    icon: hardDriveIcon,
    place: 'nav',
    permission: 'system.view',
    hasSubPages: true,
    load: () => import('./pages/storage/storage.tsx')
  },
  {
    path: 'network',
    title: t.nav.network,
    icon: networkIcon,
    place: 'nav',
    permission: 'system.view',
    hasSubPages: true,
    load: () => import('./pages/network/network.tsx')
  },
  {
    path: 'hardware',
    title: t.nav.hardware,
    icon: cpuIcon,
    place: 'nav',
    permission: 'system.view',
    load: () => import('./pages/hardware/hardware.tsx')
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
    isForTenants: true,
    isInBar: true,
    load: () => import('./pages/security/security.tsx')
  },
  {
    path: 'settings',
    title: t.nav.settings,
    icon: settingsIcon,
    place: 'both',
    load: () => import('./pages/settings/settings.tsx')
  },
  {
    path: 'profile',
    title: t.profile.title,
    icon: userIcon,
    place: 'menu',
    isForTenants: true,
    needsAccount: true,
    load: () => import('./pages/profile/profile.tsx')
  }
]

/** The permissions of a route, any of which is sufficient; empty if it requires none. */
export const permissionsOf = ({ permission = [] }: Route): readonly Permission[] => [permission].flat() as Permission[]

export const findRoute = (path: string): Route | undefined => routes.find((route) => route.path === path)
