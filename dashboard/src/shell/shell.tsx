import { urlOf } from '../api/place.ts'
import { useProxmoxNode } from '../data/use-proxmox-node.ts'
import { hrefOf } from '../router.ts'
import { useTenant } from '../session/panel.ts'
import { t } from '../texts/index.ts'
import { AccountMenu } from './account-menu.tsx'
import { HealthPill } from './health-pill.tsx'
import { useOwnName } from './host-info.tsx'
import { HostSwitcher } from './host-switcher.tsx'
import { BottomBar, Sidebar } from './navigation.tsx'
import { OpenBanner } from './open-banner.tsx'
import { PageOutlet } from './page-outlet.tsx'
import { PaletteButton } from './palette-button.tsx'
import { ThemeMenu } from './theme-menu.tsx'

/** The frame around every page. */
export function Shell({ onProtect }: { onProtect(): void }) {
  const tenant = useTenant()
  const name = useOwnName() ?? t.product
  const hasProxmox = useProxmoxNode() != null
  return (
    <div className="flex min-h-dvh flex-col">
      {/* No link: the address names the page, and stays. */}
      <button
        type="button"
        onClick={() => document.getElementById('main')?.focus()}
        className="absolute -top-20 left-4 z-50 rounded-b-lg bg-accent px-4 py-2 text-on-accent focus:top-0"
      >
        {t.nav.skip}
      </button>
      <header className="sticky top-0 z-20 flex h-14 items-center gap-3 border-b bg-surface px-3 sm:px-4">
        <a href={hrefOf()} className="flex min-w-0 items-center gap-2.5 font-semibold text-text no-underline">
          <img src={urlOf('assets/icon.svg')} alt={t.product} width="28" height="28" />
          <span translate="no" className="truncate">
            {name}
          </span>
        </a>
        <HostSwitcher />
        <div role="status" className="flex-1">
          {!tenant && <HealthPill />}
        </div>
        <div className="flex items-center gap-1">
          <PaletteButton hasProxmox={hasProxmox} />
          <ThemeMenu />
          <AccountMenu />
        </div>
      </header>
      <div className="flex flex-1">
        <Sidebar hasProxmox={hasProxmox} />
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 p-4 pb-24 sm:p-6 lg:p-8">
          <div className="mx-auto flex max-w-7xl flex-col gap-5">
            <OpenBanner onProtect={onProtect} />
            <PageOutlet />
          </div>
        </main>
      </div>
      <BottomBar hasProxmox={hasProxmox} />
    </div>
  )
}
