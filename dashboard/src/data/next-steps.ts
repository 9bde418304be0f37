import { useSyncExternalStore } from 'react'

/** Whether the overview suggests what to set up next. Kept until the page is loaded again. */
let isSuggested = false
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Call it when the owner has been created on this page. */
export function suggestNextSteps(isWanted: boolean): void {
  isSuggested = isWanted
  for (const listener of listeners) listener()
}

export const useNextSteps = (): boolean => useSyncExternalStore(subscribe, () => isSuggested)
