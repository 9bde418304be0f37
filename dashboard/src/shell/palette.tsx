import { Command } from 'cmdk'
import { type ReactNode, useRef } from 'react'
import { api } from '../api/client.ts'
import { listSecurityTabs } from '../data/security-tabs.ts'
import { settingsTabs } from '../data/settings-tabs.ts'
import { usePoll } from '../data/use-poll.ts'
import { goTo } from '../router.ts'
import { usePanel } from '../session/panel.ts'
import { mayAny, useMay, useUser } from '../session/use-session.ts'
import { t } from '../texts/index.ts'
import { chooseLanguage, languages } from '../texts/language.ts'
import { Dialog } from '../ui/dialog.tsx'
import { inputClass } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import {
  languagesIcon,
  logOutIcon,
  moonIcon,
  type Shape,
  serverIcon,
  settingsIcon,
  shieldIcon,
  sunIcon,
  sunMoonIcon
} from '../ui/icon-shapes.ts'
import { useLinks } from './links.ts'
import { logOut } from './log-out.ts'
import { setTheme } from './theme.ts'

interface PaletteProps {
  /** This host runs Proxmox VE. */
  hasProxmox: boolean
  onClose(): void
}

interface Entry {
  /** Unique in the palette. */
  id: string
  title: string
  icon: Shape
  /** It leads to another page, which then has the focus. */
  isPage: boolean
  run(): void
}

const loadGuests = (signal: AbortSignal) => api.get('/api/guests', { signal })

function useGuestEntries(hasProxmox: boolean): Entry[] {
  const { data } = usePoll(useMay('system.view') && hasProxmox ? loadGuests : null, 0)
  return (data?.guests ?? []).map(({ vmid, name }) => ({
    id: `guests/${vmid}`,
    title: `${name} (${vmid})`,
    icon: serverIcon,
    isPage: true,
    run: () => goTo('guests', String(vmid))
  }))
}

function usePageEntries(hasProxmox: boolean): Entry[] {
  const user = useUser()
  const panel = usePanel()
  const { pages, external } = useLinks(hasProxmox)
  const page = (parts: string[], title: string, icon: Shape): Entry => ({
    id: parts.join('/') || '/',
    title,
    icon,
    isPage: true,
    run: () => goTo(...parts)
  })
  const tabs = [
    ...listSecurityTabs(user, panel)
      .filter(({ permissions }) => mayAny(user, permissions))
      .map(({ value }) => page(['security', value], `${t.security.title}: ${t.security.tabs[value]}`, shieldIcon)),
    ...(pages.some(({ path }) => path === 'settings') ? settingsTabs : [])
      .filter(({ permissions }) => mayAny(user, permissions))
      .map(({ value }) => page(['settings', value], `${t.nav.settings}: ${t.settingsTabs[value]}`, settingsIcon))
  ]
  return [
    ...pages.map(({ path, title, icon }) => page(path === '' ? [] : [path], title, icon)),
    ...tabs,
    ...external.map(({ href, title, icon }) => ({
      id: href,
      title,
      icon,
      isPage: true,
      run: () => location.assign(href)
    }))
  ]
}

function useActionEntries(): Entry[] {
  const user = useUser()
  const themes = { system: sunMoonIcon, light: sunIcon, dark: moonIcon }
  return [
    ...(['system', 'light', 'dark'] as const).map((value) => ({
      id: `theme-${value}`,
      title: `${t.theme.label}: ${t.theme[value]}`,
      icon: themes[value],
      isPage: false,
      run: () => setTheme(value)
    })),
    ...(['system', ...languages] as const).map((value) => ({
      id: `language-${value}`,
      title: `${t.language.label}: ${value === 'system' ? t.language.system : t.language.names[value]}`,
      icon: languagesIcon,
      isPage: false,
      run: () => chooseLanguage(value)
    })),
    ...(user
      ? [{ id: 'log-out', title: t.shell.logOut, icon: logOutIcon, isPage: true, run: () => void logOut() }]
      : [])
  ]
}

/** A search over pages, guests and actions, in the manner of an editor's command palette. */
export default function Palette({ hasProxmox, onClose }: PaletteProps) {
  const hasLeft = useRef(false)
  const guests = useGuestEntries(hasProxmox)
  const pages = usePageEntries(hasProxmox)
  const actions = useActionEntries()
  const group = (heading: ReactNode, entries: readonly Entry[]) =>
    entries.length > 0 && (
      <Command.Group
        heading={heading}
        className="**:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-muted"
      >
        {entries.map(({ id, title, icon, isPage, run }) => (
          <Command.Item
            key={id}
            value={id}
            keywords={[title]}
            onSelect={() => {
              hasLeft.current = isPage
              onClose()
              run()
            }}
            className="flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-2.5 text-sm data-[selected=true]:bg-raised"
          >
            <Icon shape={icon} className="text-muted" />
            <span className="min-w-0 truncate">{title}</span>
          </Command.Item>
        ))}
      </Command.Group>
    )
  const focusPage = () => {
    if (hasLeft.current) document.getElementById('main')?.focus({ preventScroll: true })
    return hasLeft.current
  }
  return (
    <Dialog isOpen onClose={onClose} title={t.palette.title} size="medium" onFocusBack={focusPage}>
      <Command label={t.palette.title} className="flex flex-col gap-2">
        <Command.Input placeholder={t.palette.placeholder} className={inputClass} />
        <Command.List className="max-h-[50dvh] overflow-y-auto">
          <Command.Empty className="px-2.5 py-4 text-sm text-muted">{t.palette.nothing}</Command.Empty>
          {group(t.palette.pages, pages)}
          {group(t.nav.guests, guests)}
          {group(t.palette.actions, actions)}
        </Command.List>
      </Command>
    </Dialog>
  )
}
