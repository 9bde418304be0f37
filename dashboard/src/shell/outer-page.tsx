import { type ReactNode, useEffect } from 'react'
import { root, urlOf } from '../api/place.ts'
import { t } from '../texts/index.ts'
import { Button } from '../ui/button.tsx'
import { logOutIcon } from '../ui/icon-shapes.ts'
import { Page } from '../ui/page.tsx'
import { Boundary } from './boundary.tsx'
import { LanguageMenu } from './language-menu.tsx'
import { OpenBanner } from './open-banner.tsx'
import { ThemeMenu } from './theme-menu.tsx'
import { useTitle } from './use-title.ts'

interface OuterPageProps {
  title: string
  lead?: ReactNode
  /** Who is logged in; null on an open host. */
  who: string | null
  onLogOut(): void
  onProtect(): void
  children: ReactNode
}

/** What stands around a page beside the dashboard: the way to it, the theme, the way out. */
export function OuterPage({ title, lead, who, onLogOut, onProtect, children }: OuterPageProps) {
  useTitle(title)
  // The login form is gone: the keyboard goes on at the head of the page.
  useEffect(() => document.getElementById('main')?.focus(), [])
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center justify-between gap-3 border-b bg-surface px-3 sm:px-5">
        <a href={root.href} className="flex min-w-0 items-center gap-2.5 font-semibold text-text no-underline">
          <img src={urlOf('assets/icon.svg')} alt="" width="28" height="28" />
          <span className="truncate">{t.product}</span>
        </a>
        <div className="flex items-center gap-2">
          <LanguageMenu />
          <ThemeMenu />
          {who !== null && (
            <>
              <span translate="no" className="max-w-48 truncate text-sm text-muted max-sm:hidden">
                {who}
              </span>
              <Button size="small" icon={logOutIcon} onClick={onLogOut} className="shrink-0 whitespace-nowrap">
                {t.shell.logOut}
              </Button>
            </>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto flex w-full max-w-6xl flex-1 flex-col gap-5 p-4 sm:p-6 lg:p-8">
        <OpenBanner onProtect={onProtect} />
        <Page title={title} lead={lead}>
          <Boundary>{children}</Boundary>
        </Page>
      </main>
    </div>
  )
}
