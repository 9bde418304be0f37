import { basePath } from '../../api/place.ts'
import type { Saying } from '../../terminal/title.ts'

export interface SavedTab {
  id: string
  target: string
  saying: Saying
}

const KEY = `terminals${basePath}`
const ASK_MS = 250

type Message = { ask: string[] } | { have: string[] }

const isText = (value: unknown): value is string => typeof value === 'string'

function readSavedTab(value: unknown): SavedTab[] {
  const { id, target, saying } = (value ?? {}) as Partial<SavedTab>
  if (!isText(id) || !isText(target)) return []
  const { title, folder } = saying ?? {}
  return [{ id, target, saying: { title: isText(title) ? title : '', folder: isText(folder) ? folder : '' } }]
}

let saved: string | null = null

/**
 * Saves the terminals of this tab for a reload: their ids, which are useless without a login, and their titles, which the
 * replay may no longer have. No resume tokens, and no other output.
 */
export function saveTabs(terminals: readonly SavedTab[]): void {
  const text = terminals.length > 0 ? JSON.stringify(terminals) : ''
  if (text === saved) return
  saved = text
  try {
    if (text) sessionStorage.setItem(KEY, text)
    else sessionStorage.removeItem(KEY)
  } catch {
    // Storage is disabled. After a reload, the terminals appear under "Other terminals".
  }
}

export function readSavedTabs(): SavedTab[] {
  try {
    const tabs: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(tabs) ? tabs.flatMap(readSavedTab) : []
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
