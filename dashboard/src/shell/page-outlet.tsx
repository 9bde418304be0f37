import { type ComponentType, lazy, Suspense, useLayoutEffect, useRef } from 'react'
import { forbiddenText } from '../data/forbidden-text.ts'
import { useUnits } from '../data/units.ts'
import { hrefOf } from '../router.ts'
import { findRoute, type PageProps, permissionsOf, type Route, routes } from '../routes.ts'
import { useTenant } from '../session/panel.ts'
import { useMayAny, useUser } from '../session/use-session.ts'
import { t } from '../texts/index.ts'
import { buttonClass } from '../ui/button.tsx'
import { circleHelpIcon, lockIcon } from '../ui/icon-shapes.ts'
import { Loading } from '../ui/skeleton.tsx'
import { Boundary, Message } from './boundary.tsx'
import { useShownPlace } from './shown-place.ts'
import { useTitle } from './use-title.ts'

const pages = new Map<string, ComponentType<PageProps>>(routes.map(({ path, load }) => [path, lazy(load)]))

function Page({ route, rest }: { route: Route; rest: string[] }) {
  const user = useUser()
  const permissions = permissionsOf(route)
  const may = useMayAny(permissions)
  if (route.needsAccount && !user) {
    return (
      <Message icon={lockIcon} title={t.pages.needsAccount}>
        {t.pages.needsAccountText}
      </Message>
    )
  }
  if (permissions.length > 0 && !may) {
    return (
      <Message icon={lockIcon} title={t.pages.forbidden}>
        {forbiddenText(permissions)}
      </Message>
    )
  }
  const View = pages.get(route.path)!
  return <View rest={rest} />
}

/** The page of the current route. */
export function PageOutlet() {
  const [path = '', ...rest] = useShownPlace()
  const tenant = useTenant()
  // The page is rendered again when its units change.
  useUnits()
  const found = findRoute(path)
  const route = tenant && !found?.isForTenants ? undefined : found
  useTitle(route?.title ?? t.pages.notFound)
  // Moves the focus into the page, so keyboard users continue there. Runs before the effects of the page, so a page can
  // set another focus.
  const shown = route?.hasSubPages ? [path, ...rest].join('/') : path
  const last = useRef(shown)
  useLayoutEffect(() => {
    if (shown === last.current) return
    last.current = shown
    window.scrollTo(0, 0)
    document.getElementById('main')?.focus()
  }, [shown])
  if (!route) {
    const action = (
      <a href={hrefOf()} className={buttonClass()}>
        {tenant ? t.pages.toAccount : t.pages.toOverview}
      </a>
    )
    return (
      <Message icon={circleHelpIcon} title={t.pages.notFound} action={action}>
        {t.pages.notFoundText}
      </Message>
    )
  }
  return (
    <Boundary key={path}>
      <Suspense fallback={<Loading />}>
        <Page route={route} rest={rest} />
      </Suspense>
    </Boundary>
  )
}
