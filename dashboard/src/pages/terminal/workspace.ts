import { useSyncExternalStore } from 'react'
import { api } from '../../api/client.ts'
import { takeRequestedTerminal } from '../../data/terminal-request.ts'
import { getSession, subscribe as subscribeSession } from '../../session/state.ts'
import type { Saying } from '../../terminal/title.ts'
import { t } from '../../texts/index.ts'
import { copyText } from '../../ui/copy-button.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Shortcut } from './emulator.ts'
import { answerOtherTabs, readSavedTabs, saveTabs } from './restored-tabs.ts'
import { type TabPurpose, TerminalTab } from './terminal-tab.ts'

export const MAX_TABS = 4

/** The terminals of this page. They stay open on other pages, until the browser tab or the session ends. */
export interface Workspace {
  tabs: readonly TerminalTab[]
  active: TerminalTab | null
  /** The page action requested by a key in the terminal. */
  requestedAction: Exclude<Shortcut, 'copy'> | null
  /** A link that the user must confirm before it is opened. */
  link: string | null
}

let workspace: Workspace = { tabs: [], active: null, requestedAction: null, link: null }
let hasRestored = false
let owner: number | undefined
const listeners = new Set<() => void>()

const change = (next: Partial<Workspace> = {}) => {
  workspace = { ...workspace, ...next }
  const own = workspace.tabs.filter((tab) => tab.watchedUser === null && tab.client.id && isOwnedHere(tab))
  saveTabs(own.map(({ client, target, saying }) => ({ id: client.id, target, saying })))
  for (const listener of listeners) listener()
}

// A program may ring the bell or change its title a thousand times per second.
const SOON_MS = 16
let isDue = false
const changeSoon = () => {
  if (isDue) return
  isDue = true
  setTimeout(() => {
    isDue = false
    change()
  }, SOON_MS)
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const getWorkspace = (): Workspace => workspace
export const useWorkspace = (): Workspace => useSyncExternalStore(subscribe, getWorkspace)

export const isRunning = ({ client: { state } }: TerminalTab): boolean =>
  state.kind !== 'exited' && state.kind !== 'ended'

const isOwnedHere = (tab: TerminalTab): boolean => isRunning(tab) && tab.client.state.kind !== 'taken'

/** The ids of the terminals that this page holds. */
export const openTerminalIds = (): string[] => workspace.tabs.filter(isOwnedHere).map(({ client }) => client.id)
const findUnclaimed = answerOtherTabs(openTerminalIds)

export const canAddTab = (): boolean => workspace.tabs.length < MAX_TABS

function add(purpose: TabPurpose): void {
  if (!canAddTab()) return
  const tab: TerminalTab = new TerminalTab(purpose, {
    changed: changeSoon,
    isActive: (each) => each === workspace.active,
    shortcut: (requestedAction) => {
      if (requestedAction === 'copy') void copySelection(tab)
      else change({ requestedAction })
    },
    hiddenLink: (link) => change({ link })
  })
  change({ tabs: [...workspace.tabs, tab], active: tab })
}

export const openTerminal = (target = 'shell'): void => add({ kind: 'open', target })
export const takeOver = (id: string, target: string, saying?: Saying): void =>
  add({ kind: 'resume', id, target, saying })
export const watch = (id: string, target: string, user: string | null): void => add({ kind: 'watch', id, target, user })

/** Returns the focus to the active terminal after a dialog, because the menu that opened it is gone. False without one. */
export function focusActive(): boolean {
  workspace.active?.emulator.focus()
  return workspace.active !== null
}

/** As focusActive, unless a focus would open the keyboard of a phone; returns whether it did. */
export const focusUnlessTouch = (): boolean => !matchMedia('(pointer: coarse)').matches && focusActive()

export const clearRequestedAction = (): void => change({ requestedAction: null })
export const dismissLink = (): void => change({ link: null })

export function activate(tab: TerminalTab): void {
  tab.clearBell()
  if (workspace.active !== tab) change({ active: tab })
}

export async function copySelection(tab: TerminalTab): Promise<void> {
  const text = tab.emulator.terminal.getSelection()
  if (text) await copy(tab, text)
}

/** Copies the visible rows, for touch input that cannot select text. */
export function copyScreen(tab: TerminalTab): Promise<void> {
  const { buffer, rows } = tab.emulator.terminal
  const { active } = buffer
  const lines = Array.from(
    { length: rows },
    (_, i) => active.getLine(active.viewportY + i)?.translateToString(true) ?? ''
  )
  return copy(tab, `${lines.join('\n').trimEnd()}\n`)
}

async function copy(tab: TerminalTab, text: string): Promise<void> {
  const isCopied = await copyText(text)
  toast(isCopied ? t.ui.copied : t.ui.copyFailed, isCopied ? 'info' : 'warn')
  tab.emulator.focus()
}

/** Removes a terminal from the page. Ends it if it is the user's own and still running. */
export function close(tab: TerminalTab): void {
  const { client } = tab
  const isEnding = tab.watchedUser === null && isOwnedHere(tab)
  if (isEnding && !client.end() && client.id) {
    // Without a connection, the API ends it. If that fails too, the host ends it within a minute.
    api.delete('/api/terminal/sessions/{id}', { path: { id: client.id } }).catch(() => {})
  }
  const index = workspace.tabs.indexOf(tab)
  const tabs = workspace.tabs.filter((each) => each !== tab)
  const active = workspace.active === tab ? (tabs[Math.min(index, tabs.length - 1)] ?? null) : workspace.active
  tab.dispose()
  change({ tabs, active })
}

/** Replaces an ended terminal with a new one. */
export function replace(tab: TerminalTab): void {
  close(tab)
  openTerminal(tab.target)
}

/** Resumes the terminals that this tab had before a reload. */
export async function restore(): Promise<void> {
  if (hasRestored) return
  hasRestored = true
  const saved = readSavedTabs()
  if (saved.length === 0) return
  const free = await findUnclaimed(saved.map(({ id }) => id))
  for (const { id, target, saying } of saved) if (free.includes(id)) takeOver(id, target, saying)
  const [first] = workspace.tabs
  if (first) activate(first)
}

/** Opens the terminal that another page asked for. */
export function openRequested(): void {
  const target = takeRequestedTerminal()
  if (target === null) return
  if (canAddTab()) openTerminal(target)
  else toast(t.terminal.full, 'warn')
}

function clear(): void {
  for (const tab of workspace.tabs) tab.dispose()
  change({ tabs: [], active: null, requestedAction: null, link: null })
}

// The next user must not see terminals of the previous user.
subscribeSession(() => {
  const session = getSession()
  const isSomebodyElse = session.kind === 'in' && owner !== undefined && session.user.id !== owner
  if (session.kind === 'login' || session.kind === 'first-launch' || isSomebodyElse) clear()
  if (session.kind === 'in') owner = session.user.id
})

const wakeAll = () => {
  if (!document.hidden) for (const { client } of workspace.tabs) client.wake()
}
window.addEventListener('online', wakeAll)
document.addEventListener('visibilitychange', wakeAll)
window.addEventListener('pagehide', () => {
  for (const { client } of workspace.tabs) client.flush()
})
