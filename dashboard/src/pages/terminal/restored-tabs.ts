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

/** Saves the terminals of this tab for a reload: only their ids, which are useless without a login, and no resume tokens. */
export function saveTabs(terminals: readonly SavedTab[]): void {
  try {
    if (terminals.length > 0) sessionStorage.setItem(KEY, JSON.stringify(terminals))
    else sessionStorage.removeItem(KEY)
  } catch {
    // Storage is disabled. After a reload, the terminals appear under "Other terminals".
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
 * A duplicated tab also has a copy of the storage and must not take over the terminals of the original. So each tab
 * reports its ids; `mine` returns those of this tab. Returns a function that filters out the ids of other tabs.
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
