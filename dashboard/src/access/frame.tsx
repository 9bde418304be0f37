import type { ReactNode } from 'react'
import { urlOf } from '../api/place.ts'
import { useOwnName } from '../shell/host-info.tsx'
import { LanguageMenu } from '../shell/language-menu.tsx'
import { ThemeMenu } from '../shell/theme-menu.tsx'
import { useTitle } from '../shell/use-title.ts'
import { t } from '../texts/index.ts'
import { cx } from '../ui/class-names.ts'

export interface FrameProps {
  title: string
  lead?: ReactNode
  isWide?: boolean
  children: ReactNode
}

/** The frame of the screens before the dashboard: one card with the name of the host or tenant. */
export function Frame({ title, lead, isWide, children }: FrameProps) {
  const owner = useOwnName()
  useTitle(title)
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center justify-between gap-3 px-3 sm:px-5">
        <span className="flex min-w-0 items-center gap-2.5 font-semibold">
          <img src={urlOf('assets/icon.svg')} alt="" width="28" height="28" />
          <span className="truncate">{t.product}</span>
        </span>
        <div className="flex items-center gap-2">
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </header>
      <main
        className={cx(
          'mx-auto flex w-full flex-1 flex-col justify-center px-4 pt-4 pb-[12dvh] max-sm:justify-start',
          isWide ? 'max-w-xl' : 'max-w-[26.5rem]'
        )}
      >
        <div className="flex flex-col gap-5 rounded-2xl border bg-surface p-6 shadow-card sm:p-8">
          <div className="flex flex-col gap-1.5">
            {owner && (
              <p translate="no" className="truncate font-mono text-sm text-muted">
                {owner}
              </p>
            )}
            <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
            {lead && <p className="text-[0.9375rem] text-muted">{lead}</p>}
          </div>
          {children}
        </div>
      </main>
    </div>
  )
}
