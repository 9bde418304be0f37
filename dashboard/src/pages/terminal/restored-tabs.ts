import { basePath } from '../../api/place.ts'

export interface SavedTab {
  id: string
  target: string
}

const KEY = `terminals${basePath}`
const ASK_MS = 250

type Message = { ask: string[] } | { have: string[] }

const isSavedTab = (value: unknown): value is SavedTab =>
  typeof (value as SavedTab | null)?.id === 'string' && typeof (value as SavedTab).target === 'string'

/** Which terminals this tab had, over a reload: their ids, which open nothing without a login. Not what resumes them. */
export function saveTabs(terminals: readonly SavedTab[]): void {
  try {
    if (terminals.length > 0) sessionStorage.setItem(KEY, JSON.stringify(terminals))
    else sessionStorage.removeItem(KEY)
  } catch {
    // Storage is switched off: after a reload they are among those that are open elsewhere.
  }
}

export function readSavedTabs(): SavedTab[] {
  try {
    const saved: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(saved) ? saved.filter(isSavedTab) : []
  } catch {
    return []
  }
}

/**
 * A tab that is duplicated has the other's storage too, and must not take its terminals away: each tab says which it
 * has. `mine` gives those of this one. Returns how to ask which of these no other tab has.
 */
export function answerOtherTabs(mine: () => string[]): (ids: string[]) => Promise<string[]> {
  const channel = new BroadcastChannel(`terminals${basePath}`)
  const held = new Set<string>()
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('have' in data) for (const id of data.have) held.add(id)
    else {
      const have = mine().filter((id) => data.ask.includes(id))
      if (have.length > 0) channel.postMessage({ have } satisfies Message)
    }
  }
  return async (ids) => {
    held.clear()
    channel.postMessage({ ask: ids } satisfies Message)
    await new Promise((resolve) => setTimeout(resolve, ASK_MS))
    return ids.filter((id) => !held.has(id))
  }
}
