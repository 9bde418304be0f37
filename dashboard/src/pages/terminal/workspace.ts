import { useSyncExternalStore } from 'react'
import { api } from '../../api/client.ts'
import { getSession, subscribe as subscribeSession } from '../../session/state.ts'
import { t } from '../../texts/index.ts'
import { copyText } from '../../ui/copy-button.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Shortcut } from './emulator.ts'
import { keep, readKept, startAnswering } from './kept.ts'
import { Slot, type SlotPurpose } from './slot.ts'

export const MOST = 4

/** The terminals of this page. They stay when another page is looked at, and until the tab or the session ends. */
export interface Workspace {
  slots: readonly Slot[]
  active: Slot | null
  /** What a key in the terminal asks of the page. */
  wish: Exclude<Shortcut, 'copy'> | null
  /** A link that is to be looked at before it is followed. */
  link: string | null
}

let workspace: Workspace = { slots: [], active: null, wish: null, link: null }
let hasRestored = false
let owner: number | undefined
const listeners = new Set<() => void>()

const change = (next: Partial<Workspace> = {}) => {
  workspace = { ...workspace, ...next }
  const own = workspace.slots.filter((slot) => slot.watchedUser === null && slot.client.id && isHeld(slot))
  keep(own.map(({ client, target }) => ({ id: client.id, target })))
  for (const listener of listeners) listener()
}

// A program may ring, or change its title, a thousand times a second.
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

export const isGoingOn = ({ client: { state } }: Slot): boolean => state.kind !== 'exited' && state.kind !== 'ended'

const isHeld = (slot: Slot): boolean => isGoingOn(slot) && slot.client.state.kind !== 'taken'

/** The ids of what this page shows. */
export const heldHere = (): string[] => workspace.slots.filter(isHeld).map(({ client }) => client.id)
const askOthers = startAnswering(heldHere)

export const hasRoom = (): boolean => workspace.slots.length < MOST

function add(purpose: SlotPurpose): void {
  if (!hasRoom()) return
  const slot: Slot = new Slot(purpose, {
    changed: changeSoon,
    isActive: (each) => each === workspace.active,
    shortcut: (wish) => {
      if (wish === 'copy') void copySelection(slot)
      else change({ wish })
    },
    hiddenLink: (link) => change({ link })
  })
  change({ slots: [...workspace.slots, slot], active: slot })
}

export const openTerminal = (target = 'shell'): void => add({ kind: 'open', target })
export const takeOver = (id: string, target: string): void => add({ kind: 'resume', id, target })
export const watch = (id: string, target: string, user: string | null): void => add({ kind: 'watch', id, target, user })

/** Dialogs are opened by a menu that is gone when they close: then somebody goes on typing. False where nobody can. */
export function focusActive(): boolean {
  workspace.active?.emulator.focus()
  return workspace.active !== null
}

export const fulfil = (): void => change({ wish: null })
export const forgetLink = (): void => change({ link: null })

export function activate(slot: Slot): void {
  slot.heard()
  if (workspace.active !== slot) change({ active: slot })
}

export async function copySelection(slot: Slot): Promise<void> {
  const text = slot.emulator.terminal.getSelection()
  if (text) await copy(slot, text)
}

/** All that stands in its window, for where a finger cannot select. */
export function copyScreen(slot: Slot): Promise<void> {
  const { buffer, rows } = slot.emulator.terminal
  const { active } = buffer
  const lines = Array.from(
    { length: rows },
    (_, i) => active.getLine(active.viewportY + i)?.translateToString(true) ?? ''
  )
  return copy(slot, `${lines.join('\n').trimEnd()}\n`)
}

async function copy(slot: Slot, text: string): Promise<void> {
  const isCopied = await copyText(text)
  toast(isCopied ? t.ui.copied : t.ui.copyFailed, isCopied ? 'info' : 'warn')
  slot.emulator.focus()
}

/** Takes a terminal off the page, and ends it where it is one's own and goes on. */
export function close(slot: Slot): void {
  const { client } = slot
  const isEnding = slot.watchedUser === null && isHeld(slot)
  if (isEnding && !client.end() && client.id) {
    // Without a connection it is said another way; if that fails too, it ends by itself within a minute.
    api.delete('/api/terminal/sessions/{id}', { path: { id: client.id } }).catch(() => {})
  }
  const index = workspace.slots.indexOf(slot)
  const slots = workspace.slots.filter((each) => each !== slot)
  const active = workspace.active === slot ? (slots[Math.min(index, slots.length - 1)] ?? null) : workspace.active
  slot.dispose()
  change({ slots, active })
}

/** Another terminal in the place of one that has ended. */
export function replace(slot: Slot): void {
  close(slot)
  openTerminal(slot.target)
}

/** Goes on with what this tab had before it was reloaded. */
export async function restore(): Promise<void> {
  if (hasRestored) return
  hasRestored = true
  const kept = readKept()
  if (kept.length === 0) return
  const free = await askOthers(kept.map(({ id }) => id))
  for (const { id, target } of kept) if (free.includes(id)) takeOver(id, target)
  const [first] = workspace.slots
  if (first) activate(first)
}

function clear(): void {
  for (const slot of workspace.slots) slot.dispose()
  change({ slots: [], active: null, wish: null, link: null })
}

// Nothing of one user stays for the next.
subscribeSession(() => {
  const session = getSession()
  const isSomebodyElse = session.kind === 'in' && owner !== undefined && session.user.id !== owner
  if (session.kind === 'login' || session.kind === 'first-launch' || isSomebodyElse) clear()
  if (session.kind === 'in') owner = session.user.id
})

const wakeAll = () => {
  if (!document.hidden) for (const { client } of workspace.slots) client.wake()
}
window.addEventListener('online', wakeAll)
document.addEventListener('visibilitychange', wakeAll)
window.addEventListener('pagehide', () => {
  for (const { client } of workspace.slots) client.flush()
})
