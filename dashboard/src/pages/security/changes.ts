import { useEffect, useSyncExternalStore } from 'react'

let version = 0
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Call it after a change with `confirm_within` was made, confirmed or reverted. */
export function announceChange(): void {
  version++
  for (const listener of listeners) listener()
}

/** Reloads after each change. Nothing else in the tab is reloaded, because values shown only once must stay. */
export function useReloadOnChange(reload: () => void): void {
  const made = useSyncExternalStore(subscribe, () => version)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for whenever something was changed
  useEffect(reload, [made])
}
