import { urlOf } from '../api/place.ts'
import { permissionsOf, type Route, routes } from '../routes.ts'
import { type Tenant, useTenant } from '../session/panel.ts'
import type { Session } from '../session/state.ts'
import { mayAny, useSession } from '../session/use-session.ts'
import { t } from '../texts/index.ts'
import { bookOpenIcon, circleHelpIcon, routeIcon } from '../ui/icon-shapes.ts'

/** Pages of the daemon that are not part of the dashboard. */
const externalPages = [
  { href: urlOf('connection'), title: t.nav.connection, icon: routeIcon, isForTenants: false },
  { href: urlOf('api/docs'), title: t.nav.reference, icon: bookOpenIcon, isForTenants: true },
  { href: urlOf('guide'), title: t.nav.guide, icon: circleHelpIcon, isForTenants: true }
]

function isFor(route: Route, session: Session, tenant: Tenant | null): boolean {
  if (tenant && !route.isForTenants) return false
  if (session.kind !== 'in') return !route.needsAccount
  return mayAny(session.user, permissionsOf(route))
}

/** The pages that the user may open, in the order of the navigation. */
export function useLinks(hasProxmox: boolean) {
  const session = useSession()
  const tenant = useTenant()
  return {
    pages: routes.filter((route) => isFor(route, session, tenant) && (hasProxmox || !route.needsProxmox)),
    external: externalPages.filter(({ isForTenants }) => !tenant || isForTenants)
  }
}
